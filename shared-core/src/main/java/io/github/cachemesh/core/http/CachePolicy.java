package io.github.cachemesh.core.http;

import java.time.Duration;
import java.util.function.Function;

/**
 * What the operator chose.
 *
 * @param freshness whether an entry may be served without asking GitHub
 * @param etagFormula whether tags may be computed for other callers than those that GitHub gave
 *     them to
 * @param staleIfError how old a proof may be for its entry to stand in for a GitHub that cannot be
 *     reached
 * @param timeToLive by {@linkplain RouteTemplate#operation operation}
 */
public record CachePolicy(
    Freshness freshness,
    boolean etagFormula,
    Duration staleIfError,
    Function<String, Duration> timeToLive) {

  /** When an entry may be served without a round trip. */
  public enum Freshness {
    /** Never: every answer is GitHub's of this moment. */
    REVALIDATE,
    /** Within the time to live, to the principal that GitHub vouched to. */
    TTL
  }
}
