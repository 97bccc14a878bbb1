package io.github.cachemesh.core.envelope;

import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaWriterFactory;
import io.github.cachemesh.core.envelope.EnvelopeException.Fault;
import java.security.GeneralSecurityException;

/**
 * An X25519 public key in age's form, {@code age1…}. Immutable.
 *
 * @param text as age writes it, in lower case
 */
public record AgeRecipient(String text) {
  /**
   * @throws IllegalArgumentException when it is no such key
   */
  public AgeRecipient {
    try {
      var _ = X25519RecipientStanzaWriterFactory.newRecipientStanzaWriter(text);
    } catch (GeneralSecurityException | RuntimeException _) {
      // What the library says may quote an identity that was given by mistake.
      throw new IllegalArgumentException(
          "not an X25519 recipient of age, which begins with age1: see age-keygen -y");
    }
  }

  /**
   * The recipient that somebody gave.
   *
   * @throws EnvelopeException when it is no X25519 key in age's form
   */
  public static AgeRecipient parse(String text) throws EnvelopeException {
    try {
      return new AgeRecipient(text);
    } catch (IllegalArgumentException e) {
      throw new EnvelopeException(Fault.MALFORMED, e);
    }
  }

  RecipientStanzaWriter writer() throws GeneralSecurityException {
    return X25519RecipientStanzaWriterFactory.newRecipientStanzaWriter(text);
  }

  @Override
  public String toString() {
    return text;
  }
}
