package io.github.cachemesh.core.envelope;

import io.github.cachemesh.core.envelope.EnvelopeException.Fault;
import java.util.Arrays;
import java.util.Base64;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * A public key of Ed25519 (RFC 8032): a point of the group's full order, under which nobody signs
 * without the private key. Immutable.
 */
public final class VerifyingKey {
  /** How long a key is. */
  public static final int BYTES = Ed25519.PUBLIC_KEY_SIZE;

  /** How long a signature is. */
  public static final int SIGNATURE_BYTES = Ed25519.SIGNATURE_SIZE;

  private final byte[] bytes;

  /**
   * @param owned not used by the caller any more
   */
  VerifyingKey(byte[] owned) {
    this.bytes = owned;
  }

  /**
   * The key with these bytes.
   *
   * @throws EnvelopeException when they are no point of full order
   */
  public static VerifyingKey of(byte[] bytes) throws EnvelopeException {
    if (bytes.length != BYTES || !Ed25519.validatePublicKeyFull(bytes, 0)) {
      throw malformed();
    }
    return new VerifyingKey(bytes.clone());
  }

  /**
   * The key that {@link #toString} wrote.
   *
   * @throws EnvelopeException when the text is no such key
   */
  public static VerifyingKey parse(String text) throws EnvelopeException {
    VerifyingKey key;
    try {
      key = of(Base64.getUrlDecoder().decode(text));
    } catch (IllegalArgumentException _) {
      throw malformed();
    }
    // The decoder takes padding and spare bits; one key has one text.
    if (!key.toString().equals(text)) {
      throw malformed();
    }
    return key;
  }

  private static EnvelopeException malformed() {
    return new EnvelopeException(
        Fault.MALFORMED,
        "not an Ed25519 public key: it is 43 characters of unpadded base64url, as the tool that"
            + " made the key printed them");
  }

  /** Whether the key's owner signed the message. */
  public boolean verifies(byte[] message, byte[] signature) {
    return signature.length == SIGNATURE_BYTES
        && Ed25519.verify(signature, 0, bytes, 0, message, 0, message.length);
  }

  /** The key as RFC 8032 writes it. */
  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VerifyingKey key && Arrays.equals(bytes, key.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** The key as text: unpadded base64url. */
  @Override
  public String toString() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
