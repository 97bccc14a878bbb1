package io.github.cachemesh.core.envelope;

import io.github.cachemesh.core.envelope.EnvelopeException.Fault;
import java.util.regex.Pattern;

/**
 * Which key-encryption key: half a SHA-256 of what HKDF makes of it, which tells nothing about it.
 *
 * @param text 32 lower-case hexadecimal digits
 */
public record KeyId(String text) {
  static final int BYTES = 16;

  private static final Pattern FORM = Pattern.compile("[0-9a-f]{%d}".formatted(2 * BYTES));

  /**
   * @throws IllegalArgumentException when it does not have that form
   */
  public KeyId {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "a key id has %d lower-case hexadecimal digits".formatted(2 * BYTES));
    }
  }

  /**
   * The id that a file holds.
   *
   * @throws EnvelopeException when it does not have its form
   */
  public static KeyId parse(String text) throws EnvelopeException {
    try {
      return new KeyId(text);
    } catch (IllegalArgumentException e) {
      throw new EnvelopeException(Fault.MALFORMED, e);
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
