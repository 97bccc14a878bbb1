package io.github.cachemesh.core.proxy;

import static io.github.cachemesh.core.proxy.Rig.bearer;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.github.cachemesh.core.cache.DiskTier;
import io.github.cachemesh.core.cache.MemoryTier;
import io.github.cachemesh.core.cache.TierEvents;
import io.github.cachemesh.core.cache.TieredCache;
import io.github.cachemesh.core.http.CachePolicy;
import io.github.cachemesh.core.http.Fields;
import io.github.cachemesh.core.http.FormulaTrust;
import io.github.cachemesh.core.http.Principal;
import io.github.cachemesh.core.http.PrincipalNaming;
import io.github.cachemesh.core.http.Request;
import io.github.cachemesh.testkit.github.GitHubSimulator;
import io.github.cachemesh.testkit.github.Token;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProxySelector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import okhttp3.Authenticator;

/**
 * Plays {@link PrivacySteps} against the cache before a simulated GitHub and finds answers that
 * their readers must not have: a 200 that came without asking has to be one that GitHub gave this
 * very reader before, lately enough, and any other has to be what GitHub gives this reader now.
 */
final class PrivacyWorld implements AutoCloseable {
  private static final Duration TIME_TO_LIVE = Duration.ofSeconds(60);
  private static final Duration STALE_IF_ERROR = Duration.ofSeconds(300);

  private final GitHubSimulator github;
  private final CachePolicy.Freshness freshness;
  private final PrivacySteps.Tiers tiers;
  private final Parts parts;
  private final Path folder;
  private final TestClock clock = new TestClock();
  private final GatedUpstream upstream;
  private final Upstream direct = okHttp();
  private final List<Seen> seen = new ArrayList<>();
  private TieredCache cache;
  private Gateway gateway;

  /** What can be replaced by something that has a bug. */
  record Parts(
      Function<Fields, Principal> principals,
      UnaryOperator<Upstream> upstream,
      Optional<Gateway.FlightKeys> flightKeys) {

    static final Parts RIGHT =
        new Parts(
            new PrincipalNaming(new byte[16])::of, UnaryOperator.identity(), Optional.empty());
  }

  /** A body that GitHub gave to a reader. */
  private record Seen(Token reader, String resource, String body, Instant at) {}

  private record Answer(int status, String body, String cacheStatus) {}

  PrivacyWorld(
      GitHubSimulator github,
      CachePolicy.Freshness freshness,
      PrivacySteps.Tiers tiers,
      Parts parts)
      throws IOException {
    this.github = github;
    this.freshness = freshness;
    this.tiers = tiers;
    this.parts = parts;
    this.folder = Files.createTempDirectory("privacy");
    this.upstream = new GatedUpstream(parts.upstream().apply(okHttp()));
    github.reset();
    start();
  }

  private static Upstream okHttp() {
    return new OkHttpUpstream(
        ProxySelector.of(null), Authenticator.NONE, TrustedCertificates.ofJdk());
  }

  private void start() {
    DiskTier disk =
        tiers == PrivacySteps.Tiers.MEMORY
            ? null
            : new DiskTier(folder, 100, 1 << 24, clock, TierEvents.NONE);
    int memoryBytes = tiers == PrivacySteps.Tiers.DISK ? 1 : 1 << 24;
    cache =
        new TieredCache(
            new MemoryTier(100, memoryBytes, TierEvents.NONE), disk, List.of(), TierEvents.NONE);
    CachePolicy policy = new CachePolicy(freshness, true, STALE_IF_ERROR, _ -> TIME_TO_LIVE);
    CacheParts shared = new CacheParts(cache, upstream, policy, new FormulaTrust(), clock, 1 << 24);
    gateway =
        parts
            .flightKeys()
            .map(keys -> new Gateway(shared, parts.principals(), keys))
            .orElseGet(() -> new Gateway(shared, parts.principals()));
  }

  /** What is wrong with the first answer that is, after which nothing more is played. */
  Optional<String> violation(List<PrivacySteps> steps) throws IOException {
    for (PrivacySteps step : steps) {
      Optional<String> wrong = play(step);
      if (wrong.isPresent()) {
        return wrong;
      }
    }
    return Optional.empty();
  }

  private Optional<String> play(PrivacySteps step) throws IOException {
    switch (step) {
      case PrivacySteps.Read(var token, var resource, var fault) -> {
        fault.ifPresent(struck -> github.faults().inject(".*", struck, 100));
        Answer answer = ask("GET", token, resource);
        github.faults().clear();
        return judged(token, resource, answer);
      }
      case PrivacySteps.ReadTogether(var first, var second, var resource) -> {
        return together(first, second, resource);
      }
      case PrivacySteps.Write(var token, var repository) -> ask("PATCH", token, repository);
      case PrivacySteps.Touch(var resource) -> github.touch(resource);
      case PrivacySteps.SetPrivate(var repository, var isPrivate) ->
          github.setPrivate(repository, isPrivate);
      case PrivacySteps.Pass(var time) -> clock.advance(time);
      case PrivacySteps.Restart() -> {
        cache.close();
        start();
      }
    }
    return Optional.empty();
  }

  private Optional<String> together(Token first, Token second, String resource) {
    CountDownLatch gate = upstream.shut();
    CompletableFuture<Answer> one = new CompletableFuture<>();
    CompletableFuture<Answer> two = new CompletableFuture<>();
    Thread leader = Thread.startVirtualThread(() -> one.complete(ask("GET", first, resource)));
    waitFor(() -> upstream.waiting() >= 1 || !leader.isAlive());
    int before = upstream.waiting();
    Thread follower = Thread.startVirtualThread(() -> two.complete(ask("GET", second, resource)));
    waitFor(
        () ->
            upstream.waiting() > before
                || !follower.isAlive()
                || follower.getState() == Thread.State.TIMED_WAITING);
    gate.countDown();
    Answer firstAnswer = one.orTimeout(20, TimeUnit.SECONDS).join();
    Answer secondAnswer = two.orTimeout(20, TimeUnit.SECONDS).join();
    return judged(first, resource, firstAnswer).or(() -> judged(second, resource, secondAnswer));
  }

  private static void waitFor(Callable<Boolean> condition) {
    await().pollInterval(Duration.ofMillis(1)).atMost(Duration.ofSeconds(20)).until(condition);
  }

  private Optional<String> judged(Token reader, String resource, Answer answer) {
    if (answer.status() != 200) {
      return Optional.empty();
    }
    boolean withoutAsking = answer.cacheStatus().contains("; hit");
    boolean allowed =
        withoutAsking
            ? wasSeen(reader, resource, answer)
            : isGiven(reader, resource, answer) || isConfirmed(reader, resource, answer);
    return allowed
        ? Optional.empty()
        : Optional.of(reader + " was given " + resource + ", " + answer.cacheStatus());
  }

  private boolean wasSeen(Token reader, String resource, Answer answer) {
    boolean stale = answer.cacheStatus().contains("detail=");
    if (!stale && freshness != CachePolicy.Freshness.TTL) {
      return false;
    }
    Instant earliest = clock.instant().minus(stale ? STALE_IF_ERROR : TIME_TO_LIVE);
    return seen.stream()
        .anyMatch(
            earlier ->
                earlier.reader().equals(reader)
                    && earlier.resource().equals(resource)
                    && earlier.body().equals(answer.body())
                    && !earlier.at().isBefore(earliest));
  }

  /**
   * The ETag of a file's JSON is the file's git SHA: when the repository becomes public, the
   * download URL in the body changes and the ETag does not, so GitHub confirms what the reader had.
   */
  private boolean isConfirmed(Token reader, String resource, Answer answer) {
    return resource.contains("/contents/")
        && answer.cacheStatus().contains("fwd-status=304")
        && seen.stream()
            .anyMatch(
                earlier ->
                    earlier.reader().equals(reader)
                        && earlier.resource().equals(resource)
                        && earlier.body().equals(answer.body()));
  }

  private boolean isGiven(Token reader, String resource, Answer answer) {
    Answer now = send(direct, "GET", reader, resource);
    boolean given = now.status() == 200 && now.body().equals(answer.body());
    if (given) {
      seen.add(new Seen(reader, resource, answer.body(), clock.instant()));
    }
    return given;
  }

  private Answer ask(String method, Token token, String resource) {
    Fields fields =
        Fields.of(
            "Authorization", bearer(token), "User-Agent", "test", "Accept", "application/json");
    Request request = new Request(method, github.uri().getRawAuthority(), resource, fields);
    try {
      Reply reply =
          gateway.answer(request, github.uri() + resource, Optional.empty(), AbortSignal.never());
      String body =
          switch (reply.content()) {
            case Reply.Content.Whole(byte[] bytes) -> new String(bytes, UTF_8);
            case Reply.Content.Streamed(InputStream bytes) -> {
              try (bytes) {
                yield new String(bytes.readAllBytes(), UTF_8);
              }
            }
          };
      return new Answer(reply.status(), body, reply.fields().first("Cache-Status").orElse(""));
    } catch (IOException e) {
      return new Answer(502, "", "");
    }
  }

  private Answer send(Upstream way, String method, Token token, String resource) {
    Fields fields =
        Fields.of(
            "Authorization", bearer(token), "User-Agent", "test", "Accept", "application/json");
    Upstream.Message message =
        new Upstream.Message(
            method, github.uri() + resource, fields, Optional.empty(), true, AbortSignal.never());
    try (Upstream.Response response = way.send(message)) {
      return new Answer(response.status(), new String(response.body().readAllBytes(), UTF_8), "");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws IOException {
    cache.close();
    upstream.close();
    direct.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** GitHub behind a gate that can be shut for a while. */
  private static final class GatedUpstream implements Upstream {
    private final Upstream github;
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private final AtomicInteger arrived = new AtomicInteger();

    GatedUpstream(Upstream github) {
      this.github = github;
    }

    CountDownLatch shut() {
      arrived.set(0);
      gate = new CountDownLatch(1);
      return gate;
    }

    int waiting() {
      return arrived.get();
    }

    @Override
    public Response send(Message message) throws IOException {
      arrived.incrementAndGet();
      try {
        gate.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      return github.send(message);
    }

    @Override
    public void close() {
      github.close();
    }
  }
}
