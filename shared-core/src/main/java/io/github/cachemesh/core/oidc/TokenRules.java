package io.github.cachemesh.core.oidc;

import java.time.Duration;

/**
 * What a token must fulfil besides its signature and its audience.
 *
 * @param issuer what {@code iss} must say, to the letter
 * @param skew how far GitHub's clock and ours may differ; at most 5 minutes
 * @param maxAge how long after its issue a token is taken, however long it calls itself valid:
 *     GitHub's do so for hours; at most 1 hour
 */
public record TokenRules(String issuer, Duration skew, Duration maxAge) {
  private static final Duration MAX_SKEW = Duration.ofMinutes(5);
  private static final Duration MAX_MAX_AGE = Duration.ofHours(1);

  /**
   * @throws IllegalArgumentException when a duration is out of its range
   */
  public TokenRules {
    if (skew.isNegative() || skew.compareTo(MAX_SKEW) > 0) {
      throw new IllegalArgumentException("the clocks' difference must be 0 to 5 minutes");
    }
    if (!maxAge.isPositive() || maxAge.compareTo(MAX_MAX_AGE) > 0) {
      throw new IllegalArgumentException("the tokens' age must be more than 0 and at most 1 hour");
    }
  }

  /** 60 seconds of skew; 10 minutes of age. */
  public static TokenRules of(Issuer issuer) {
    return new TokenRules(issuer.name(), Duration.ofSeconds(60), Duration.ofMinutes(10));
  }
}
