package io.github.cachemesh.core.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cachemesh.core.http.BodyDigest;
import io.github.cachemesh.core.http.CacheDecision;
import io.github.cachemesh.core.http.CachePolicy;
import io.github.cachemesh.core.http.Cacheability;
import io.github.cachemesh.core.http.Fields;
import io.github.cachemesh.core.http.Principal;
import io.github.cachemesh.core.http.Request;
import io.github.cachemesh.core.http.RequestKey;
import io.github.cachemesh.core.http.Revalidation;
import io.github.cachemesh.core.stats.Answer;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Answers the requests for an API: from the cache where it may, else from GitHub, which it always
 * falls back to.
 *
 * <p>Thread-safe. {@link #answer} blocks, {@link #immediately} does not.
 */
final class Gateway {
  private static final Set<String> BODY_FIELDS_OF_304 =
      Set.of("content-type", "content-length", "content-language", "content-disposition");

  private final CacheParts shared;
  private final Function<Fields, Principal> principals;
  private final FlightKeys flightKeys;
  private final PassThrough passThrough;
  private final Flights<Object, Fetched> flights = new Flights<>();

  /** Tells which requests may share one answer: those of equal keys. */
  interface FlightKeys {
    Object of(Request request, Principal caller, long epoch);
  }

  /**
   * What two requests must have in common to share one answer.
   *
   * @param authorization by which the ETag differs even where the principal is the same
   * @param epoch a request that begins after a write must not be answered by one that began before
   *     it
   */
  private record FlightKey(
      RequestKey key, Principal principal, BodyDigest authorization, long epoch) {}

  Gateway(CacheParts shared, Function<Fields, Principal> principals) {
    this(shared, principals, Gateway::flightKey);
  }

  Gateway(CacheParts shared, Function<Fields, Principal> principals, FlightKeys flightKeys) {
    this.shared = shared;
    this.principals = principals;
    this.flightKeys = flightKeys;
    this.passThrough = new PassThrough(shared.upstream(), shared.cache());
  }

  /** The answer where memory alone can give it. */
  Optional<Reply> immediately(Request request) {
    if (shared.policy().freshness() != CachePolicy.Freshness.TTL
        || Cacheability.bypass(request).isPresent()) {
      return Optional.empty();
    }
    Principal caller = principals.apply(request.fields());
    var candidates = shared.cache().lookupInMemory(request.key().resource());
    CacheDecision decision =
        CacheDecision.before(
            request,
            caller,
            candidates.stream().map(held -> held.entry()).toList(),
            shared.policy(),
            shared.trust(),
            shared.clock().instant());
    if (!(decision instanceof CacheDecision.ServeFresh fresh)) {
      return Optional.empty();
    }
    return candidates.stream()
        .filter(held -> held.entry().id().equals(fresh.entry().id()))
        .findFirst()
        .flatMap(shared.cache()::body)
        .map(body -> FromStore.fresh(fresh, caller, body, shared.policy(), Answer.FRESH_MEMORY))
        .map(fetched -> fitted(request, fetched, false));
  }

  /**
   * @param url the final URL
   * @throws IOException when GitHub gave no answer and nothing stored may stand in for it
   */
  Reply answer(
      Request request, String url, Optional<Upstream.RequestContent> content, AbortSignal abort)
      throws IOException {
    Optional<Cacheability.Bypass> bypass = Cacheability.bypass(request);
    if (bypass.isPresent()) {
      return passThrough.answer(request, url, content, abort, bypass.get().word());
    }
    try {
      return cached(request, url, abort);
    } catch (RuntimeException e) {
      Mishap.log("the cache failed, so the request goes past it", e);
      return passThrough.answer(request, url, content, abort, "cache-failed");
    }
  }

  private Reply cached(Request request, String url, AbortSignal abort) throws IOException {
    Principal caller = principals.apply(request.fields());
    if (asksForItself(request)) {
      return fitted(request, new CachedFetch(shared, request, url, caller, abort).fetch(), false);
    }
    if (isConditional(request)) {
      CachedFetch fetch = new CachedFetch(shared, request, url, caller, abort);
      if (fetch.isClientsOwnQuestion()) {
        return fitted(request, fetch.fetch(), false);
      }
    }
    Object key = flightKeys.of(request, caller, shared.cache().epoch());
    // Others may wait for this answer, and the cache will have it: it is fetched even if the client
    // goes away.
    var landed =
        flights.fly(
            key,
            Fetched::isShareable,
            () -> new CachedFetch(shared, request, url, caller, AbortSignal.never()).fetch());
    return fitted(request, landed.value(), landed.collapsed());
  }

  private static boolean asksForItself(Request request) {
    return request.isHead() || request.fields().members("Cache-Control").contains("no-cache");
  }

  private static boolean isConditional(Request request) {
    return request.fields().has("If-None-Match") || request.fields().has("If-Modified-Since");
  }

  private static Object flightKey(Request request, Principal caller, long epoch) {
    String authorization = String.join("\n", request.fields().all("Authorization"));
    return new FlightKey(
        request.key(), caller, BodyDigest.of(authorization.getBytes(UTF_8)), epoch);
  }

  /** Fits a full answer to what this client holds already, and accounts for it. */
  private Reply fitted(Request request, Fetched fetched, boolean collapsed) {
    boolean notModified =
        fetched.status() == 200 && Revalidation.clientHoldsIt(request, fetched.fields());
    CacheStatus status = collapsed ? fetched.cacheStatus().collapsed() : fetched.cacheStatus();
    Fields fields = fetched.fields().with(CacheStatus.FIELD, status.text());
    boolean wouldHaveBeenFree = (notModified || fetched.status() == 304) && request.isAuthorised();
    Account account =
        new Account(
            true,
            Account.pool(request),
            collapsed ? Answer.COALESCED : fetched.answer(),
            wouldHaveBeenFree ? 0 : 1,
            collapsed ? 0 : fetched.pointsCharged(),
            collapsed ? 0 : fetched.upstreamRequests(),
            collapsed ? 0 : fetched.bytesFromUpstream());
    return notModified
        ? new Reply(304, withoutBodyFields(fields), Reply.NOTHING, account)
        : new Reply(fetched.status(), fields, fetched.content(), account);
  }

  private static Fields withoutBodyFields(Fields fields) {
    return fields.only(name -> !BODY_FIELDS_OF_304.contains(name.toLowerCase(Locale.ROOT)));
  }
}
