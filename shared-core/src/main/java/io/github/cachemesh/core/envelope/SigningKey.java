package io.github.cachemesh.core.envelope;

import java.util.Arrays;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * A private key of Ed25519 (RFC 8032): its 32 bytes are the seed.
 *
 * <p>By Bouncy Castle: the JDK derives no public key from a seed, and its key objects keep copies
 * that cannot be zeroed.
 */
public final class SigningKey extends Key {
  private final VerifyingKey verifying;

  SigningKey(byte[] owned) {
    super(owned);
    byte[] verifying = new byte[VerifyingKey.BYTES];
    Ed25519.generatePublicKey(owned, 0, verifying, 0);
    this.verifying = new VerifyingKey(verifying);
  }

  /** Signs a message, always with the same signature of {@link VerifyingKey#SIGNATURE_BYTES}. */
  public byte[] sign(byte[] message) {
    byte[] seed = secret().getEncoded();
    try {
      byte[] signature = new byte[VerifyingKey.SIGNATURE_BYTES];
      Ed25519.sign(seed, 0, message, 0, message.length, signature, 0);
      return signature;
    } finally {
      Arrays.fill(seed, (byte) 0);
    }
  }

  /** The public key that its signatures verify under; it stays of use when this key is closed. */
  public VerifyingKey verifyingKey() {
    return verifying;
  }

  @Override
  KeyKind<SigningKey> kind() {
    return KeyKind.SIGNING;
  }
}
