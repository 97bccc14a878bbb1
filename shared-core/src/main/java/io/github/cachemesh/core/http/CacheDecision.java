package io.github.cachemesh.core.http;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What to do with a request that the cache may look up: a pure function of the request, the entries
 * of its resource, the caller and the time.
 *
 * <p>Its safety rests on two rules. Without a round trip an entry goes only to a principal that
 * GitHub vouched for it to, in the media type that GitHub answered. Otherwise it goes out only
 * after GitHub's 304 to this caller's own credential, for a tag that stands for exactly this body.
 */
public sealed interface CacheDecision {

  /** Serve it without asking. */
  record ServeFresh(Entry entry, Duration age) implements CacheDecision {}

  /** Ask GitHub whether the caller may have it and whether it is current. */
  record Revalidate(Entry entry, Validator validator) implements CacheDecision {}

  /**
   * Ask GitHub whether the list is empty: a right guess is free, a wrong one costs what no guess
   * costs.
   */
  record GuessEmptyList(EntityTag tag) implements CacheDecision {}

  /** Ask GitHub as the client did. */
  record Forward(Reason reason) implements CacheDecision {}

  /** Serve what may be out of date, since GitHub does not answer. */
  record ServeStale(Entry entry, Staleness reason, Duration age) implements CacheDecision {
    /** A clock set back must not make an {@code Age} below zero. */
    private ServeStale ofNow() {
      return new ServeStale(entry, reason, Duration.ZERO);
    }
  }

  /** Why nothing stored could serve. */
  enum Reason {
    /** Nothing is stored for the resource. */
    URI_MISS,
    /** What is stored cannot be revalidated for this caller. */
    VARY_MISS
  }

  /** Why GitHub's own answer is not given. */
  enum Staleness {
    UPSTREAM_FAILED,
    LIMIT_SPENT
  }

  /**
   * Decides before GitHub is asked.
   *
   * @param entries those of the request's resource, in any order
   */
  static CacheDecision before(
      Request request,
      Principal caller,
      List<Entry> entries,
      CachePolicy policy,
      FormulaTrust trust,
      Instant now) {
    RequestKey key = request.key();
    Optional<CacheDecision> fresh = fresh(request, key, caller, entries, policy, now);
    if (fresh.isPresent()) {
      return fresh.get();
    }
    return entries.stream()
        .sorted(preference(key, caller))
        .flatMap(
            entry ->
                validator(request, key, caller, entry, policy, trust)
                    .map(validator -> new Revalidate(entry, validator))
                    .stream())
        .map(CacheDecision.class::cast)
        .findFirst()
        .orElseGet(() -> guess(request, entries, policy, trust));
  }

  private static Optional<CacheDecision> fresh(
      Request request,
      RequestKey key,
      Principal caller,
      List<Entry> entries,
      CachePolicy policy,
      Instant now) {
    CacheControl control = new CacheControl(request.fields());
    if (policy.freshness() != CachePolicy.Freshness.TTL || control.demandsRevalidation()) {
      return Optional.empty();
    }
    Duration ttl = policy.timeToLive().apply(RouteTemplate.of(key.resource()).operation());
    Duration limit = control.maxAge().filter(age -> age.compareTo(ttl) < 0).orElse(ttl);
    return proven(key, caller, entries)
        .map(entry -> new ServeFresh(entry, age(entry, caller, now)))
        .filter(answer -> !answer.age().isNegative() && answer.age().compareTo(limit) < 0)
        .map(CacheDecision.class::cast);
  }

  /**
   * What GitHub vouched for last to this caller under exactly this key, unless its response forbids
   * reuse without asking (RFC 9111 section 5.2.2.4).
   */
  private static Optional<Entry> proven(RequestKey key, Principal caller, List<Entry> entries) {
    return entries.stream()
        .filter(entry -> entry.key().equals(key) && entry.proofOf(caller).isPresent())
        .max(Comparator.comparing(entry -> entry.proofOf(caller).orElseThrow().at()))
        .filter(entry -> !new CacheControl(entry.fields()).has("no-cache"));
  }

  private static Duration age(Entry entry, Principal caller, Instant now) {
    return Duration.between(entry.proofOf(caller).orElseThrow().at(), now);
  }

  /** The caller's own first, then its media type, then the latest proven. */
  private static Comparator<Entry> preference(RequestKey key, Principal caller) {
    Comparator<Entry> own =
        Comparator.comparing(entry -> entry.key().equals(key) && entry.proofOf(caller).isPresent());
    return own.thenComparing(entry -> entry.key().equals(key))
        .thenComparing(Entry::lastProvenAt)
        .reversed();
  }

  private static Optional<Validator> validator(
      Request request,
      RequestKey key,
      Principal caller,
      Entry entry,
      CachePolicy policy,
      FormulaTrust trust) {
    if (entry.tagKind() == TagKind.NONE) {
      return Optional.empty();
    }
    Optional<FormulaTrust.Verdict> verdict = trust.of(request);
    boolean holds =
        verdict.map(FormulaTrust.Verdict::held).orElse(entry.tagKind() == TagKind.FORMULA);
    if (policy.etagFormula() && holds) {
      return Optional.of(
          verdict
              .map(seen -> new Validator.Computed(seen.vary(), seen.weakTag()))
              .orElseGet(
                  () -> new Validator.Computed(entry.vary().andCredentials(), entry.weakTag())));
    }
    // A tag that the formula does not explain says nothing about another media type's body.
    if (!entry.key().equals(key)) {
      return Optional.empty();
    }
    Optional<EntityTag> own = entry.proofOf(caller).map(Proof::tag);
    boolean sameForAll = policy.etagFormula() && entry.tagKind() == TagKind.GIT_BLOB;
    return own.or(() -> sameForAll ? gitBlobTag(entry) : Optional.empty())
        .map(Validator.Stored::new);
  }

  /** A principal's tag that is no git object id may be its alone: a 304 can bring such a tag. */
  private static Optional<EntityTag> gitBlobTag(Entry entry) {
    return entry.proofs().stream()
        .map(Proof::tag)
        .filter(tag -> GitBlob.isId(tag.opaque()))
        .findFirst();
  }

  private static CacheDecision guess(
      Request request, List<Entry> entries, CachePolicy policy, FormulaTrust trust) {
    if (!entries.isEmpty()) {
      return new Forward(Reason.VARY_MISS);
    }
    Optional<FormulaTrust.Verdict> verdict = trust.of(request);
    boolean worthTrying =
        policy.etagFormula()
            && request.method().equals("GET")
            && request.isAuthorised()
            && !request.fields().has("If-None-Match")
            && !request.fields().has("If-Modified-Since")
            && verdict.map(FormulaTrust.Verdict::held).orElse(true);
    if (!worthTrying) {
      return new Forward(Reason.URI_MISS);
    }
    Vary vary = verdict.map(FormulaTrust.Verdict::vary).orElse(Vary.BY_ALL);
    return new GuessEmptyList(
        new EntityTag(false, EtagFormula.compute(vary, request.fields(), EtagFormula.EMPTY_LIST)));
  }

  /** Decides after GitHub could not be reached or answered with a server error. */
  static Optional<ServeStale> afterFailure(
      Request request, Principal caller, List<Entry> entries, CachePolicy policy, Instant now) {
    return stale(request, caller, entries, Staleness.UPSTREAM_FAILED, now)
        .filter(stale -> stale.age().compareTo(policy.staleIfError()) <= 0);
  }

  /** Decides after GitHub said that the caller's limit is spent. */
  static Optional<ServeStale> afterLimit(
      Request request, Principal caller, List<Entry> entries, Instant now) {
    return stale(request, caller, entries, Staleness.LIMIT_SPENT, now);
  }

  private static Optional<ServeStale> stale(
      Request request, Principal caller, List<Entry> entries, Staleness reason, Instant now) {
    if (new CacheControl(request.fields()).demandsRevalidation()) {
      return Optional.empty();
    }
    return proven(request.key(), caller, entries)
        .filter(entry -> !new CacheControl(entry.fields()).has("must-revalidate"))
        .map(entry -> new ServeStale(entry, reason, age(entry, caller, now)))
        .map(stale -> stale.age().isNegative() ? stale.ofNow() : stale);
  }
}
