package io.github.cachemesh.core.envelope;

/**
 * PBKDF2-HMAC-SHA256 with the 100,000 iterations of old files: read, so that they can be migrated,
 * and never written.
 */
public record LegacyPbkdf2() implements PassphraseKdf {
  /** All that such a file may have. */
  public static final int ITERATIONS = 100_000;

  @Override
  public String toString() {
    return "$pbkdf2-sha256$i=%d".formatted(ITERATIONS);
  }
}
