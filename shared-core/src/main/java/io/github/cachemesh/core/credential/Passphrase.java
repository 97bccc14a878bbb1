package io.github.cachemesh.core.credential;

import io.github.cachemesh.core.envelope.CurrentKdf;
import io.github.cachemesh.core.envelope.KeyEncryptionKey;
import io.github.cachemesh.core.envelope.PassphraseKdf;
import io.github.cachemesh.core.envelope.RootKey;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;

/** A passphrase. Its slots say how it is stretched, within the bounds of {@link PassphraseKdf}. */
public final class Passphrase implements KeySource, KeyTarget {
  private final SecretText passphrase;
  private final CurrentKdf kdf;

  /**
   * @param passphrase UTF-8, any bytes but none; copied, the caller zeroes its own
   * @param kdf of slots that are made for it
   * @throws IllegalArgumentException when it is empty
   */
  public Passphrase(byte[] passphrase, CurrentKdf kdf) {
    if (passphrase.length == 0) {
      throw new IllegalArgumentException("the passphrase is empty");
    }
    this.passphrase = new SecretText(passphrase.clone());
    this.kdf = kdf;
  }

  @Override
  public Optional<KeyEncryptionKey> open(KeySlot slot) {
    return slot.protection() instanceof Protection.Passphrase(PassphraseKdf by, Base64Text salt)
        ? Optional.of(key(by, salt.bytes(), slot.store()))
        : Optional.empty();
  }

  @Override
  public Protected protect(StoreId store, SecureRandom random) {
    byte[] salt = new byte[PassphraseKdf.SALT_BYTES];
    random.nextBytes(salt);
    return new Protected(
        new Protection.Passphrase(kdf, Base64Text.of(salt)), key(kdf, salt, store));
  }

  private KeyEncryptionKey key(PassphraseKdf by, byte[] salt, StoreId store) {
    byte[] text = passphrase.copy();
    try (RootKey root = by.derive(text, salt)) {
      return KeySlot.keyOf(root, store);
    } finally {
      Arrays.fill(text, (byte) 0);
    }
  }

  @Override
  public boolean provesMaker() {
    return true;
  }

  @Override
  public void close() {
    passphrase.close();
  }

  @Override
  public String toString() {
    return "Passphrase";
  }
}
