package io.github.cachemesh.core.envelope;

import io.github.cachemesh.core.envelope.EnvelopeException.Fault;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.hpke.HPKEContextWithEncapsulation;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.X25519PublicKeyParameters;
import org.bouncycastle.math.ec.rfc7748.X25519;

/**
 * An X25519 public key that answers are sealed to by HPKE (RFC 9180; base mode, DHKEM(X25519,
 * HKDF-SHA256), HKDF-SHA256, AES-256-GCM). Immutable.
 */
public final class HpkeRecipient {
  /** How long a key is. */
  public static final int BYTES = Hpke.KEY_BYTES;

  /** How much longer a sealed answer is than the answer. */
  public static final int OVERHEAD_BYTES = Hpke.OVERHEAD_BYTES;

  private final byte[] bytes;

  /**
   * @param owned not used by the caller any more
   */
  HpkeRecipient(byte[] owned) {
    this.bytes = owned;
  }

  /**
   * The key that an asker sent.
   *
   * @throws EnvelopeException when it does not have {@link #BYTES}, or is a point of small order,
   *     to which everybody could open what is sealed
   */
  public static HpkeRecipient of(byte[] bytes) throws EnvelopeException {
    if (bytes.length != BYTES || isOfSmallOrder(bytes)) {
      throw new EnvelopeException(
          Fault.MALFORMED, "not an X25519 public key of %d bytes".formatted(BYTES));
    }
    return new HpkeRecipient(bytes.clone());
  }

  /** Every scalar, being a multiple of the cofactor, takes such a point to zero. */
  private static boolean isOfSmallOrder(byte[] point) {
    return !X25519.calculateAgreement(
        new byte[X25519.SCALAR_SIZE], 0, point, 0, new byte[BYTES], 0);
  }

  /**
   * Seals an answer.
   *
   * @param content which stays the caller's
   * @param info what kind of answer in which protocol this is
   * @param place which answer it is; it opens as no other
   * @return {@link #OVERHEAD_BYTES} more than the content: encapsulated key, ciphertext, tag
   */
  public byte[] seal(byte[] content, Aad info, Aad place, SecureRandom random) {
    return seal(content, info.bytes(), place.bytes(), random);
  }

  byte[] seal(byte[] content, byte[] info, byte[] aad, SecureRandom random) {
    X25519PrivateKeyParameters ephemeral = new X25519PrivateKeyParameters(random);
    HPKEContextWithEncapsulation context =
        Hpke.suite()
            .setupBaseS(
                new X25519PublicKeyParameters(bytes),
                info,
                new AsymmetricCipherKeyPair(ephemeral.generatePublicKey(), ephemeral));
    try {
      byte[] sealed = context.seal(aad, content);
      return ByteBuffer.allocate(BYTES + sealed.length)
          .put(context.getEncapsulation())
          .put(sealed)
          .array();
    } catch (InvalidCipherTextException e) {
      throw new IllegalStateException("AES-GCM seals whatever it is given", e);
    }
  }

  /** The key as RFC 7748 writes it. */
  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HpkeRecipient key && Arrays.equals(bytes, key.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }
}
