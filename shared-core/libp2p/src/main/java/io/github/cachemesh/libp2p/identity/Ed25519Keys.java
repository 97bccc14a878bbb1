package io.github.cachemesh.libp2p.identity;

import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * Ed25519: public keys are 32 bytes, private keys the seed followed by the public key.
 *
 * <p>By Bouncy Castle, which signs and verifies several times faster than the JDK and refuses
 * points of small order.
 */
final class Ed25519Keys {
  private static final int KEY_BYTES = Ed25519.PUBLIC_KEY_SIZE;

  private Ed25519Keys() {}

  static PublicKey publicKey(byte[] raw) {
    if (raw.length != KEY_BYTES) {
      throw new IllegalArgumentException("not an Ed25519 public key");
    }
    try {
      return publicKey(new Ed25519PublicKeyParameters(raw));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("not an Ed25519 public key", e);
    }
  }

  static PrivateKey privateKey(byte[] raw) {
    // Old versions of libp2p wrote the public key twice.
    boolean twice = raw.length == 3 * KEY_BYTES;
    if (raw.length != 2 * KEY_BYTES && !twice) {
      throw new IllegalArgumentException(
          "Ed25519 private key of " + raw.length + " bytes, not 64 or 96");
    }
    PrivateKey key = privateKey(new Ed25519PrivateKeyParameters(raw, 0));
    byte[] publicRaw = key.publicKey().raw();
    for (int offset = KEY_BYTES; offset < raw.length; offset += KEY_BYTES) {
      if (!Arrays.equals(publicRaw, Arrays.copyOfRange(raw, offset, offset + KEY_BYTES))) {
        throw new IllegalArgumentException("Ed25519 private key with another key's public key");
      }
    }
    return key;
  }

  static PrivateKey generate(SecureRandom random) {
    return privateKey(new Ed25519PrivateKeyParameters(random));
  }

  private static PrivateKey privateKey(Ed25519PrivateKeyParameters key) {
    Ed25519PublicKeyParameters publicKey = key.generatePublicKey();
    byte[] raw = Arrays.copyOf(key.getEncoded(), 2 * KEY_BYTES);
    publicKey.encode(raw, KEY_BYTES);
    return new PrivateKey(raw, publicKey(publicKey), message -> sign(key, message));
  }

  private static PublicKey publicKey(Ed25519PublicKeyParameters key) {
    return new PublicKey(
        KeyType.ED25519,
        key.getEncoded(),
        (message, signature) ->
            signature.length == Ed25519.SIGNATURE_SIZE
                && key.verify(
                    Ed25519.Algorithm.Ed25519, null, message, 0, message.length, signature, 0));
  }

  private static byte[] sign(Ed25519PrivateKeyParameters key, byte[] message) {
    byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
    key.sign(Ed25519.Algorithm.Ed25519, null, message, 0, message.length, signature, 0);
    return signature;
  }
}
