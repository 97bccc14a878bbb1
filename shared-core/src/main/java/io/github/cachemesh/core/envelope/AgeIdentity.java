package io.github.cachemesh.core.envelope;

import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaReaderFactory;
import io.github.cachemesh.core.envelope.EnvelopeException.Fault;
import java.nio.CharBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;

/**
 * An X25519 private key in age's form, {@code AGE-SECRET-KEY-1…}. Closing it zeroes it; using it
 * afterwards throws {@link IllegalStateException}. Thread-safe.
 */
public final class AgeIdentity implements AutoCloseable {
  private final char[] text;
  private boolean closed;

  private AgeIdentity(char[] owned) {
    this.text = owned;
  }

  /**
   * The identity that somebody gave.
   *
   * @param text which is copied; the caller zeroes its own
   * @throws EnvelopeException when it is no X25519 identity; the message does not quote it
   */
  public static AgeIdentity parse(char[] text) throws EnvelopeException {
    try {
      var _ = reader(text);
      return new AgeIdentity(text.clone());
    } catch (GeneralSecurityException | RuntimeException _) {
      // What the library says may quote the identity.
      throw new EnvelopeException(
          Fault.MALFORMED,
          "not an X25519 identity of age, which begins with AGE-SECRET-KEY-1: see age-keygen");
    }
  }

  /**
   * @throws IllegalStateException after {@link #close}
   */
  synchronized RecipientStanzaReader reader() {
    if (closed) {
      throw new IllegalStateException("the identity was closed");
    }
    try {
      return reader(text);
    } catch (GeneralSecurityException _) {
      throw new IllegalStateException("an identity that was read once is read again");
    }
  }

  private static RecipientStanzaReader reader(char[] text) throws GeneralSecurityException {
    return X25519RecipientStanzaReaderFactory.newRecipientStanzaReader(CharBuffer.wrap(text));
  }

  @Override
  public synchronized void close() {
    Arrays.fill(text, '\0');
    closed = true;
  }

  @Override
  public String toString() {
    return "AgeIdentity";
  }
}
