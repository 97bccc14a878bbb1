package io.github.cachemesh.core.envelope;

import java.util.regex.Pattern;

/**
 * PBKDF2-HMAC-SHA256 (RFC 8018), for where FIPS is required. The upper bound keeps a foreign file
 * from taking more than ten seconds.
 *
 * @param iterations 600,000 (what OWASP asks for) to 10,000,000
 */
public record Pbkdf2HmacSha256(int iterations) implements CurrentKdf {
  /** What OWASP recommends. */
  public static final Pbkdf2HmacSha256 DEFAULT = new Pbkdf2HmacSha256(600_000);

  static final Pattern FORM = Pattern.compile("\\$pbkdf2-sha256\\$i=(0|[1-9][0-9]{0,8})");

  private static final int MAX_ITERATIONS = 10_000_000;

  /**
   * @throws IllegalArgumentException when the iterations are outside their bounds
   */
  public Pbkdf2HmacSha256 {
    // Not by DEFAULT, which is made by this constructor.
    if (iterations < 600_000 || iterations > MAX_ITERATIONS) {
      throw new IllegalArgumentException(
          "PBKDF2's iterations: %d is not within %d and %d"
              .formatted(iterations, 600_000, MAX_ITERATIONS));
    }
  }

  @Override
  public String toString() {
    return "$pbkdf2-sha256$i=%d".formatted(iterations);
  }
}
