package io.github.cachemesh.testkit.github;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers one request after the other, as one GitHub: identity, limits, endpoint, validator, charge
 * and ledger happen under one lock, so that every answer sees a consistent state. Thread-safe.
 */
final class ApiService {
  private final ReentrantLock lock = new ReentrantLock();
  private final AtomicLong requestIds = new AtomicLong();
  private final Settings settings;
  private final Authenticator authenticator;
  private final Apps apps;
  private final PrimaryLimits primary;
  private final SecondaryLimits secondary;
  private final World world;
  private final Recordings recordings;
  private final Routes routes;
  private final GraphQlService graphQl;
  private final Finisher finisher = new Finisher(Quirks.OBSERVED);
  private final Ledger ledger;

  /** What does not change while the simulator runs. */
  record Settings(Clock clock, Optional<URI> publicBase, boolean tls, int limitStatus) {}

  ApiService(
      Settings settings,
      Authenticator authenticator,
      Apps apps,
      PrimaryLimits primary,
      SecondaryLimits secondary,
      World world,
      Recordings recordings,
      Ledger ledger) {
    this.settings = settings;
    this.authenticator = authenticator;
    this.apps = apps;
    this.primary = primary;
    this.secondary = secondary;
    this.world = world;
    this.recordings = recordings;
    this.routes = new Routes(settings.clock(), apps);
    this.graphQl = new GraphQlService();
    this.ledger = ledger;
  }

  /** An answer, and who must be counted out with {@link #leave} once it was sent. */
  record Outcome(Answer answer, Caller caller) {}

  Outcome answer(ApiRequest request, String target, Optional<Fault> fault) {
    Caller caller = authenticator.identify(request.header("Authorization"), request.address());
    PublicUrls urls = PublicUrls.of(request, settings.publicBase(), settings.tls());
    lock.lock();
    try {
      Priced priced = withFault(request, caller, fault);
      Answer answer = finisher.finish(canonical(request), caller, priced.reply, urls);
      int points = priced.price(answer, caller);
      LimitPool pool = LimitPool.of(request.path());
      primary.charge(caller, pool, points);
      addHeaders(request, caller, answer, primary.status(caller, pool));
      boolean withheld =
          fault.filter(f -> f instanceof Fault.Reset || f instanceof Fault.Silence).isPresent();
      int bodyBytes = request.method().equals("HEAD") || withheld ? 0 : answer.body().length;
      ledger.record(request, target, caller, withheld ? 0 : answer.status(), points, bodyBytes);
      return new Outcome(answer, caller);
    } finally {
      lock.unlock();
    }
  }

  void leave(Caller caller) {
    lock.lock();
    try {
      secondary.leave(caller);
    } finally {
      lock.unlock();
    }
  }

  Instant now() {
    return settings.clock().instant();
  }

  /** Runs something that reads or changes the state. */
  <T> T exclusively(Function<World, T> action) {
    lock.lock();
    try {
      return action.apply(world);
    } finally {
      lock.unlock();
    }
  }

  /** Back to the state at the start; requests under way stay counted. */
  void reset() {
    lock.lock();
    try {
      world.reset();
      recordings.reset();
      apps.clear();
      primary.clear();
      secondary.clear();
      ledger.clear();
    } finally {
      lock.unlock();
    }
  }

  /** A reply, and what it costs unless it becomes a free 304. */
  private record Priced(Reply reply, int points) {
    int price(Answer answer, Caller caller) {
      return answer.isNotModified() && caller instanceof Caller.Authorised ? 0 : points;
    }
  }

  private Priced withFault(ApiRequest request, Caller caller, Optional<Fault> fault) {
    Optional<Priced> limited = enter(request, caller);
    if (fault.orElse(null) instanceof Fault.Status(int code)) {
      Reply.Payload page = new Reply.Payload.Bytes(FRONT_END_PAGE, "text/html");
      return new Priced(new Reply(code, page, Validator.NONE, Validator.NO_DATE, Map.of()), 0);
    }
    if (fault.filter(f -> f instanceof Fault.Reset || f instanceof Fault.Silence).isPresent()) {
      return new Priced(Reply.noContent(), 0);
    }
    return limited.orElseGet(() -> routed(request, caller));
  }

  private static final byte[] FRONT_END_PAGE =
      "<html><body>Unicorn!</body></html>".getBytes(StandardCharsets.UTF_8);

  /** Counts the request in; present when it must not go on. */
  private Optional<Priced> enter(ApiRequest request, Caller caller) {
    LimitPool pool = LimitPool.of(request.path());
    Optional<Duration> stayAway =
        secondary.enter(caller, pool == LimitPool.GRAPHQL, request.isRead());
    if (!Routes.isApi(request) || request.path().equals("/rate_limit")) {
      return Optional.empty();
    }
    if (caller instanceof Caller.Refused refused) {
      return Optional.of(free(ApiFailure.of(401, refused.problem())));
    }
    PrimaryLimits.Status status = primary.status(caller, pool);
    if (status.remaining() == 0) {
      if (pool == LimitPool.GRAPHQL && caller instanceof Caller.Authorised) {
        return Optional.of(new Priced(GraphQlService.rateLimited(), 0));
      }
      return Optional.of(
          free(
              ApiFailure.of(settings.limitStatus(), "API rate limit exceeded for " + caller.id())));
    }
    return stayAway.map(
        wait ->
            free(
                ApiFailure.of(
                    settings.limitStatus(),
                    "You have exceeded a secondary rate limit. Please wait a few minutes.",
                    Map.of("Retry-After", Long.toString(Math.max(1, wait.toSeconds()))))));
  }

  private static Priced free(ApiFailure failure) {
    return new Priced(failure.reply(), 0);
  }

  private Priced routed(ApiRequest request, Caller caller) {
    boolean api = Routes.isApi(request);
    try {
      if (request.headers().get("User-Agent", "").isEmpty()) {
        throw ApiFailure.of(403, "Request forbidden by administrative rules. Send a User-Agent.");
      }
      if (request.path().equals("/rate_limit")) {
        return new Priced(rateLimit(caller), 0);
      }
      ApiVersion.check(request.header("X-GitHub-Api-Version"));
      if (api && request.path().equals("/graphql")) {
        Call call = new Call(request, caller, Map.of(), world, settings.clock().instant());
        GraphQlService.Result result =
            graphQl.answer(call, primary.status(caller, LimitPool.GRAPHQL));
        return new Priced(result.reply(), result.cost());
      }
      Optional<Reply> recorded = recordings.answer(request);
      if (recorded.isPresent()) {
        return new Priced(recorded.get(), api ? 1 : 0);
      }
      ApiRequest canonical = canonical(request);
      Router.Match match = routes.find(canonical).orElseThrow(ApiFailure::notFound);
      Call call = new Call(canonical, caller, match.variables(), world, settings.clock().instant());
      return new Priced(match.endpoint().answer(call), api ? 1 : 0);
    } catch (ApiFailure failure) {
      return new Priced(failure.reply(), api ? 1 : 0);
    } catch (RuntimeException bug) {
      // A test must see a fault of the simulator itself, not a closed connection.
      return free(ApiFailure.of(500, "The simulator failed: " + bug));
    }
  }

  /** The request with {@code /repositories/ID} written as {@code /repos/OWNER/NAME}. */
  private ApiRequest canonical(ApiRequest request) {
    String[] segments = request.path().split("/", 4);
    if (segments.length < 3
        || !segments[1].equals("repositories")
        || !segments[2].matches("\\d{1,18}")) {
      return request;
    }
    String below = segments.length == 4 ? "/" + segments[3] : "";
    return world
        .nameOf(Long.parseLong(segments[2]))
        .map(name -> request.withPath("/repos/" + name + below))
        .orElse(request);
  }

  private Reply rateLimit(Caller caller) {
    ObjectNode body = Json.object();
    ObjectNode resources = body.putObject("resources");
    for (LimitPool pool : LimitPool.all()) {
      resources.set(pool.resource(), describe(primary.status(caller, pool)));
    }
    body.set("rate", describe(primary.status(caller, LimitPool.CORE)));
    return Reply.ok(body).validatedBy(Validator.NONE);
  }

  private static ObjectNode describe(PrimaryLimits.Status status) {
    return Json.object()
        .put("limit", status.limit())
        .put("used", status.used())
        .put("remaining", status.remaining())
        .put("reset", status.reset().getEpochSecond());
  }

  private void addHeaders(
      ApiRequest request, Caller caller, Answer answer, PrimaryLimits.Status status) {
    answer.headers().set("Date", Finisher.httpDate(settings.clock().instant()));
    answer.headers().set("Server", "github.com");
    answer
        .headers()
        .set("X-GitHub-Request-Id", String.format("C0DE:%06X", requestIds.incrementAndGet()));
    if (!Routes.isApi(request)) {
      return;
    }
    GitHubHeaders.add(answer.headers(), request, caller);
    answer
        .headers()
        .set("X-RateLimit-Limit", status.limit())
        .set("X-RateLimit-Remaining", status.remaining())
        .set("X-RateLimit-Used", status.used())
        .set("X-RateLimit-Reset", status.reset().getEpochSecond())
        .set("X-RateLimit-Resource", status.pool().resource());
  }
}
