package io.github.cachemesh.core.envelope;

import io.github.cachemesh.core.envelope.EnvelopeException.Fault;
import java.util.Arrays;

/**
 * A box of AES-256-GCM: a nonce of 96 bits, the ciphertext and a tag of 128 bits, in this order.
 * Nothing in it is secret. Immutable.
 */
public final class Sealed {
  static final int NONCE_BYTES = 12;
  static final int TAG_BYTES = 16;

  /** How much longer a box is than what it holds. */
  public static final int OVERHEAD_BYTES = NONCE_BYTES + TAG_BYTES;

  /** The most that a box holds. */
  public static final int MAX_CONTENT_BYTES = 16 << 20;

  private final byte[] bytes;

  /**
   * @param owned not used by the caller any more
   */
  Sealed(byte[] owned) {
    this.bytes = owned;
  }

  /**
   * The box that was written as these bytes.
   *
   * @throws EnvelopeException when they are too few or too many
   */
  public static Sealed of(byte[] bytes) throws EnvelopeException {
    if (bytes.length < OVERHEAD_BYTES || bytes.length > MAX_CONTENT_BYTES + OVERHEAD_BYTES) {
      throw new EnvelopeException(
          Fault.MALFORMED,
          "a sealed box has %d to %d bytes, not %d"
              .formatted(OVERHEAD_BYTES, MAX_CONTENT_BYTES + OVERHEAD_BYTES, bytes.length));
    }
    return new Sealed(bytes.clone());
  }

  /** The box as it is written. */
  public byte[] bytes() {
    return bytes.clone();
  }

  byte[] nonce() {
    return Arrays.copyOf(bytes, NONCE_BYTES);
  }

  byte[] ciphertextAndTag() {
    return Arrays.copyOfRange(bytes, NONCE_BYTES, bytes.length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Sealed box && Arrays.equals(bytes, box.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "Sealed[%d bytes]".formatted(bytes.length);
  }
}
