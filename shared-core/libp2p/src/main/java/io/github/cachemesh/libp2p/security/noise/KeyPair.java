package io.github.cachemesh.libp2p.security.noise;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import javax.crypto.KeyAgreement;

/**
 * A key pair of Curve25519, whose public key is the private one's product with the base point (RFC
 * 7748, section 5). Immutable and thread-safe.
 */
final class KeyPair {
  static final int KEY_BYTES = 32;

  private static final byte[] BASE_POINT = littleEndian(9);

  private final PrivateKey privateKey;
  private final byte[] publicKey;

  private KeyPair(PrivateKey privateKey, byte[] publicKey) {
    this.privateKey = privateKey;
    this.publicKey = publicKey;
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
    try {
      PrivateKey key =
          KeyFactory.getInstance("X25519")
              .generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, scalar));
      return new KeyPair(key, multiply(key, BASE_POINT));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has X25519, for each scalar of 32 bytes", e);
    }
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
    try {
      return multiply(privateKey, other);
    } catch (InvalidKeyException e) {
      throw e;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has X25519", e);
    }
  }

  private static byte[] multiply(PrivateKey scalar, byte[] point) throws GeneralSecurityException {
    byte[] bigEndian = new byte[KEY_BYTES];
    for (int i = 0; i < KEY_BYTES; i++) {
      bigEndian[i] = point[KEY_BYTES - 1 - i];
    }
    bigEndian[0] &= 0x7f;
    KeyAgreement agreement = KeyAgreement.getInstance("X25519");
    agreement.init(scalar);
    agreement.doPhase(
        KeyFactory.getInstance("X25519")
            .generatePublic(
                new XECPublicKeySpec(NamedParameterSpec.X25519, new BigInteger(1, bigEndian))),
        true);
    return agreement.generateSecret();
  }

  private static byte[] littleEndian(int number) {
    byte[] bytes = new byte[KEY_BYTES];
    bytes[0] = (byte) number;
    return bytes;
  }
}
