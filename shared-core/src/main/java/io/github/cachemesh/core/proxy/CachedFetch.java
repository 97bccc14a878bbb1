package io.github.cachemesh.core.proxy;

import io.github.cachemesh.core.cache.Candidate;
import io.github.cachemesh.core.http.BodyDigest;
import io.github.cachemesh.core.http.CacheDecision;
import io.github.cachemesh.core.http.Cacheability;
import io.github.cachemesh.core.http.EntityTag;
import io.github.cachemesh.core.http.Entry;
import io.github.cachemesh.core.http.Fields;
import io.github.cachemesh.core.http.Principal;
import io.github.cachemesh.core.http.Request;
import io.github.cachemesh.core.http.Revalidation;
import io.github.cachemesh.core.http.TagKind;
import io.github.cachemesh.core.stats.Answer;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The way of one cacheable request: look up, decide, ask GitHub if need be, learn, keep.
 *
 * <p>For one thread and one request. Whatever the tiers cannot do is a miss.
 */
final class CachedFetch {
  private final CacheParts shared;
  private final Principal caller;
  private final Request request;
  private final Question question;
  private final Tally tally = new Tally();
  private final long epoch;
  private final List<Candidate> candidates;

  CachedFetch(CacheParts shared, Request request, String url, Principal caller, AbortSignal abort) {
    this.shared = shared;
    this.caller = caller;
    this.request = request;
    this.question = new Question(request, url, shared.upstream(), abort, tally);
    this.epoch = shared.cache().epoch();
    this.candidates = new ArrayList<>(shared.cache().lookup(request.key().resource()));
  }

  /** Whether nothing stored can serve, so that GitHub is to be asked just as the client asked. */
  boolean isClientsOwnQuestion() {
    return decision() instanceof CacheDecision.Forward;
  }

  /**
   * Brings the answer home.
   *
   * @throws IOException when GitHub did not answer and nothing stored may stand in
   */
  Fetched fetch() throws IOException {
    try {
      return follow(decision());
    } catch (IOException e) {
      Optional<Fetched> stale =
          standIn(
              CacheDecision.afterFailure(request, caller, entries(), shared.policy(), now()),
              Fields.EMPTY);
      if (stale.isPresent()) {
        return stale.get();
      }
      throw e;
    }
  }

  private CacheDecision decision() {
    return CacheDecision.before(request, caller, entries(), shared.policy(), shared.trust(), now());
  }

  private List<Entry> entries() {
    return candidates.stream().map(Candidate::entry).toList();
  }

  private Instant now() {
    return shared.clock().instant();
  }

  private Fetched follow(CacheDecision decision) throws IOException {
    return switch (decision) {
      case CacheDecision.ServeFresh fresh -> serve(fresh);
      case CacheDecision.Revalidate revalidate -> revalidate(revalidate);
      case CacheDecision.GuessEmptyList guess -> guess(guess.tag());
      case CacheDecision.Forward forward ->
          answered(
              forward.reason() == CacheDecision.Reason.URI_MISS ? "uri-miss" : "vary-miss",
              question.asClientAsked());
      case CacheDecision.ServeStale _ ->
          throw new IllegalStateException("nothing is stale before GitHub was asked");
    };
  }

  private Fetched serve(CacheDecision.ServeFresh fresh) throws IOException {
    Candidate candidate = candidate(fresh.entry());
    Optional<byte[]> body = shared.cache().body(candidate);
    if (body.isEmpty()) {
      return without(candidate);
    }
    Answer answer = candidate.isInMemory() ? Answer.FRESH_MEMORY : Answer.FRESH_DISK;
    return FromStore.fresh(fresh, caller, body.get(), shared.policy(), answer);
  }

  private Candidate candidate(Entry entry) {
    return candidates.stream()
        .filter(held -> held.entry().id().equals(entry.id()))
        .findFirst()
        .orElseThrow();
  }

  /** A body that was promised and cannot be read is a miss; each turn has one candidate less. */
  private Fetched without(Candidate damaged) throws IOException {
    candidates.remove(damaged);
    return follow(decision());
  }

  private Fetched revalidate(CacheDecision.Revalidate revalidate) throws IOException {
    Entry entry = revalidate.entry();
    Candidate candidate = candidate(entry);
    Optional<byte[]> body = shared.cache().body(candidate);
    if (body.isEmpty()) {
      return without(candidate);
    }
    EntityTag sent = revalidate.validator().tag(request.fields(), body.get());
    Upstream.Response response = question.unless(sent);
    if (response.status() != 304) {
      return answered("stale", response);
    }
    response.close();
    if (Revalidation.leavesLinkOpen(entry, response.fields())) {
      return answered("stale", question.plainly());
    }
    EntityTag tag = Revalidation.tag(response.fields(), sent);
    Entry proven = Revalidation.proven(entry, request.key(), response.fields(), caller, tag, now());
    var _ = whetherKept(() -> prove(entry, proven, body.get()));
    return Fetched.of(
        200,
        Revalidation.fields(entry, response.fields(), tag),
        new Reply.Content.Whole(body.get()),
        candidate.isInMemory() ? Answer.REVALIDATED_MEMORY : Answer.REVALIDATED_DISK,
        CacheStatus.forwarded("stale", 304),
        tally);
  }

  private boolean prove(Entry entry, Entry proven, byte[] body) {
    if (!proven.id().equals(entry.id())) {
      return shared.cache().store(proven, body, epoch);
    }
    shared.cache().prove(proven, proven.proofOf(caller).orElseThrow(), epoch);
    return true;
  }

  private Fetched guess(EntityTag sent) throws IOException {
    Upstream.Response response = question.unless(sent);
    if (response.status() != 304) {
      return answered("uri-miss", response);
    }
    response.close();
    Fields fields = Revalidation.emptyList(response.fields(), sent);
    byte[] body = Revalidation.emptyListBody();
    var _ = whetherKept(() -> keep(fields, body, TagKind.FORMULA));
    return Fetched.of(
        200,
        fields,
        new Reply.Content.Whole(body),
        Answer.EMPTY_LIST_GUESS,
        CacheStatus.forwarded("uri-miss", 304).detail("empty-list"),
        tally);
  }

  /** Takes in an answer that is no 304 to a tag of ours. */
  private Fetched answered(String reason, Upstream.Response response) throws IOException {
    try {
      return takenIn(reason, response);
    } catch (RuntimeException e) {
      response.close();
      throw e;
    }
  }

  private Fetched takenIn(String reason, Upstream.Response response) throws IOException {
    Optional<Fetched> stale = standInFor(response);
    if (stale.isPresent()) {
      response.close();
      return stale.get();
    }
    CacheStatus status = CacheStatus.forwarded(reason, response.status());
    return switch (BoundedRead.of(response.body(), shared.maxBodyBytes())) {
      case BoundedRead.Whole whole -> {
        tally.received(whole.bytes().length);
        boolean stored = whetherKept(() -> learn(response, whole.bytes()));
        yield Fetched.of(
            response.status(),
            response.fields().without("Content-Length"),
            new Reply.Content.Whole(whole.bytes()),
            Answer.MISS,
            stored ? status.stored() : status,
            tally);
      }
      case BoundedRead.TooLong tooLong -> {
        var _ = whetherKept(this::forget);
        yield Fetched.of(
            response.status(),
            response.fields(),
            new Reply.Content.Streamed(tooLong.bytes()),
            Answer.MISS,
            status.detail("too-long"),
            tally);
      }
    };
  }

  private Optional<Fetched> standInFor(Upstream.Response response) {
    if (Revalidation.limitIsSpent(response.status(), response.fields())) {
      return standIn(
          CacheDecision.afterLimit(request, caller, entries(), now()), response.fields());
    }
    return response.status() >= 500
        ? standIn(
            CacheDecision.afterFailure(request, caller, entries(), shared.policy(), now()),
            response.fields())
        : Optional.empty();
  }

  private Optional<Fetched> standIn(Optional<CacheDecision.ServeStale> decision, Fields failed) {
    return decision.flatMap(
        stale ->
            shared
                .cache()
                .body(candidate(stale.entry()))
                .map(body -> FromStore.stale(stale, caller, body, failed, shared.policy(), tally)));
  }

  /** What a tier cannot take in is not kept; the answer is there all the same. */
  private static boolean whetherKept(BooleanSupplier keeping) {
    try {
      return keeping.getAsBoolean();
    } catch (RuntimeException e) {
      Mishap.log("an answer could not be kept", e);
      return false;
    }
  }

  /** Returns whether the body was kept. */
  private boolean learn(Upstream.Response response, byte[] body) {
    if (Revalidation.limitIsSpent(response.status(), response.fields())) {
      return false;
    }
    if (Revalidation.takesBack(response.status())) {
      return forget();
    }
    if (response.status() != 200 || request.isHead()) {
      return false;
    }
    TagKind kind = shared.trust().learn(request, response.fields(), body);
    boolean kept =
        Cacheability.mayStore(request, 200, response.fields())
            && keep(response.fields(), body, kind);
    if (!kept) {
      shared.cache().supersede(request.key(), BodyDigest.of(body), caller);
    }
    return kept;
  }

  private boolean forget() {
    shared.cache().withdraw(request.key(), caller);
    return false;
  }

  private boolean keep(Fields fields, byte[] body, TagKind kind) {
    return shared
        .cache()
        .store(Revalidation.stored(request, fields, body, kind, caller, now()), body, epoch);
  }
}
