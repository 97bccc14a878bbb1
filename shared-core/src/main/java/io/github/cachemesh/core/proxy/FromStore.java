package io.github.cachemesh.core.proxy;

import io.github.cachemesh.core.http.CacheDecision;
import io.github.cachemesh.core.http.CachePolicy;
import io.github.cachemesh.core.http.Entry;
import io.github.cachemesh.core.http.Fields;
import io.github.cachemesh.core.http.Principal;
import io.github.cachemesh.core.http.RouteTemplate;
import io.github.cachemesh.core.http.TagKind;
import io.github.cachemesh.core.stats.Answer;
import java.time.Duration;
import java.util.Locale;

/** Answers that GitHub was not, or not successfully, asked for. */
final class FromStore {
  private FromStore() {}

  static Fetched fresh(
      CacheDecision.ServeFresh fresh,
      Principal caller,
      byte[] body,
      CachePolicy policy,
      Answer answer) {
    Duration left = timeToLive(fresh.entry(), policy).minus(fresh.age());
    return Fetched.of(
        200,
        fields(fresh.entry(), caller, fresh.age()),
        new Reply.Content.Whole(body),
        answer,
        CacheStatus.hit(left),
        new Tally());
  }

  /**
   * @param failed the fields of GitHub's own answer, of which those of the rate limit are passed on
   */
  static Fetched stale(
      CacheDecision.ServeStale stale,
      Principal caller,
      byte[] body,
      Fields failed,
      CachePolicy policy,
      Tally tally) {
    Duration left = timeToLive(stale.entry(), policy).minus(stale.age());
    Duration negative = left.isNegative() ? left : Duration.ofSeconds(-1);
    Fields limits = failed.only(name -> name.toLowerCase(Locale.ROOT).startsWith("x-ratelimit-"));
    return Fetched.of(
        200,
        fields(stale.entry(), caller, stale.age()).overriddenBy(limits),
        new Reply.Content.Whole(body),
        Answer.STALE,
        CacheStatus.hit(negative).detail(word(stale.reason())),
        tally);
  }

  private static String word(CacheDecision.Staleness reason) {
    return switch (reason) {
      case UPSTREAM_FAILED -> "upstream-failed";
      case LIMIT_SPENT -> "limit-spent";
    };
  }

  private static Duration timeToLive(Entry entry, CachePolicy policy) {
    return policy.timeToLive().apply(RouteTemplate.of(entry.key().resource()).operation());
  }

  private static Fields fields(Entry entry, Principal caller, Duration age) {
    Fields fields = entry.fields().with("Age", Long.toString(Math.max(0, age.toSeconds())));
    return entry.tagKind() == TagKind.NONE
        ? fields
        : fields.with("ETag", entry.proofOf(caller).orElseThrow().tag().toString());
  }
}
