package io.github.cachemesh.core.credential;

import io.github.cachemesh.core.envelope.AgeRecipient;
import io.github.cachemesh.core.envelope.PassphraseKdf;

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
      case Keyring() -> "keyring";
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

  /** Derived from a random key that the keyring of the owner's system keeps. */
  record Keyring() implements Protection {}
}
