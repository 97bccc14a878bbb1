package io.github.cachemesh.core.credential;

import io.github.cachemesh.core.envelope.AgeRecipient;
import io.github.cachemesh.core.envelope.PassphraseKdf;
import java.util.regex.Pattern;

/**
 * How the key of a slot is had from a secret that is not in the file. Nothing in it is secret.
 * Immutable.
 */
public sealed interface Protection {
  /** The word that tells it apart in a file. */
  default String kind() {
    return switch (this) {
      case Passphrase _ -> "passphrase";
      case Raw() -> "raw";
      case Age _ -> "age";
      case Keyring _ -> "keyring";
    };
  }

  /** Stretched from a passphrase. */
  record Passphrase(PassphraseKdf kdf, Base64Text salt) implements Protection {}

  /** Derived from a random key. */
  record Raw() implements Protection {}

  /**
   * Sealed to an X25519 recipient.
   *
   * @param sealed the age file that holds the key
   */
  record Age(AgeRecipient recipient, Base64Text sealed) implements Protection {}

  /**
   * Derived from a random key that the keyring of its holder's system keeps.
   *
   * @param account under which it is kept, 1 to 100 letters, digits and dashes
   */
  record Keyring(String account) implements Protection {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9-]{1,100}");

    /**
     * @throws IllegalArgumentException when the account does not have its form
     */
    public Keyring {
      if (!FORM.matcher(account).matches()) {
        throw new IllegalArgumentException("a keyring's account has letters, digits and dashes");
      }
    }
  }
}
