package io.github.cachemesh.libp2p.security.noise;

import java.security.InvalidKeyException;
import java.security.SecureRandom;
import org.bouncycastle.math.ec.rfc7748.X25519;

/**
 * A key pair of Curve25519, whose public key is the private one's product with the base point (RFC
 * 7748, section 5). Immutable and thread-safe.
 *
 * <p>By Bouncy Castle, which takes half the JDK's time for a secret and a fifth for a key.
 */
final class KeyPair {
  static final int KEY_BYTES = X25519.POINT_SIZE;

  private final byte[] scalar;
  private final byte[] publicKey = new byte[KEY_BYTES];

  private KeyPair(byte[] scalar) {
    this.scalar = scalar;
    X25519.generatePublicKey(scalar, 0, publicKey, 0);
  }

  static KeyPair generate(SecureRandom random) {
    byte[] scalar = new byte[KEY_BYTES];
    random.nextBytes(scalar);
    return of(scalar);
  }

  /**
   * @param scalar 32 bytes, of which the pair becomes the owner
   */
  static KeyPair of(byte[] scalar) {
    return new KeyPair(scalar);
  }

  byte[] publicKey() {
    return publicKey.clone();
  }

  /**
   * The secret that is shared with the owner of {@code other}.
   *
   * @param other 32 bytes; its highest bit is ignored, as the RFC has it
   * @throws InvalidKeyException if the point has a small order, so that the secret is none
   */
  byte[] agree(byte[] other) throws InvalidKeyException {
    byte[] secret = new byte[KEY_BYTES];
    if (!X25519.calculateAgreement(scalar, 0, other, 0, secret, 0)) {
      throw new InvalidKeyException("a point of small order");
    }
    return secret;
  }
}
