package io.github.cachemesh.core.envelope;

import io.github.cachemesh.core.envelope.EnvelopeException.Fault;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.X25519PublicKeyParameters;
import org.bouncycastle.math.ec.rfc7748.X25519;

/**
 * The X25519 private key of one asker, made for one question, that opens what is sealed to its
 * {@link #recipient}. Closing it zeroes it; opening afterwards throws {@link
 * IllegalStateException}. Thread-safe.
 */
public final class HpkeIdentity implements AutoCloseable {
  private final SecretBytes secret;
  private final HpkeRecipient recipient;

  /**
   * @param owned not used by the caller any more
   */
  HpkeIdentity(byte[] owned) {
    byte[] point = new byte[Hpke.KEY_BYTES];
    X25519.generatePublicKey(owned, 0, point, 0);
    this.secret = new SecretBytes(owned);
    this.recipient = new HpkeRecipient(point);
  }

  /** A random key. */
  public static HpkeIdentity fresh(SecureRandom random) {
    return new HpkeIdentity(SecretBytes.random(Hpke.KEY_BYTES, random));
  }

  /** The public key to it; it stays of use when this key is closed. */
  public HpkeRecipient recipient() {
    return recipient;
  }

  /**
   * Opens an answer.
   *
   * @param info what kind of answer in which protocol it should be
   * @param place which answer it should be
   * @return its content, which the caller zeroes
   * @throws EnvelopeException when it is another answer, was changed, or is sealed to another key
   */
  public byte[] open(byte[] box, Aad info, Aad place) throws EnvelopeException {
    return open(box, info.bytes(), place.bytes());
  }

  byte[] open(byte[] box, byte[] info, byte[] aad) throws EnvelopeException {
    if (box.length < Hpke.OVERHEAD_BYTES) {
      throw new EnvelopeException(
          Fault.MALFORMED, "a sealed answer has at least %d bytes".formatted(Hpke.OVERHEAD_BYTES));
    }
    byte[] encapsulated = Arrays.copyOf(box, Hpke.KEY_BYTES);
    byte[] sealed = Arrays.copyOfRange(box, Hpke.KEY_BYTES, box.length);
    byte[] scalar = secret.getEncoded();
    try {
      return Hpke.suite()
          .setupBaseR(
              encapsulated,
              new AsymmetricCipherKeyPair(
                  new X25519PublicKeyParameters(recipient.bytes()),
                  new X25519PrivateKeyParameters(scalar)),
              info)
          .open(aad, sealed);
    } catch (InvalidCipherTextException | IllegalStateException _) {
      // An encapsulated key of small order is the illegal state.
      throw new EnvelopeException(
          Fault.NOT_AUTHENTIC,
          "the sealed answer does not open: it was changed, answers another question, or is sealed"
              + " to another key");
    } finally {
      Arrays.fill(scalar, (byte) 0);
    }
  }

  @Override
  public void close() {
    secret.close();
  }

  @Override
  public String toString() {
    return "HpkeIdentity";
  }
}
