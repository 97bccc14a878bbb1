package io.github.cachemesh.core.credential;

import io.github.cachemesh.core.credential.StoreRefusedException.Fault;
import io.github.cachemesh.core.envelope.KeyEncryptionKey;
import io.github.cachemesh.core.envelope.KeyKind;
import io.github.cachemesh.core.envelope.RootKey;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;

/**
 * A random key that a {@link Keyring} keeps under {@value #SERVICE} and the store's id. A keyring's
 * library holds secrets as texts, which nobody can zero.
 */
public final class KeyringKey implements KeySource, KeyTarget {
  /** Under which the keyring lists it. */
  public static final String SERVICE = "cachemesh-credentials";

  private final Keyring keyring;

  public KeyringKey(Keyring keyring) {
    this.keyring = keyring;
  }

  @Override
  public Optional<KeyEncryptionKey> open(KeySlot slot) throws IOException {
    if (!(slot.protection() instanceof Protection.Keyring)) {
      return Optional.empty();
    }
    Optional<String> kept = keyring.get(SERVICE, slot.store().text());
    return kept.isEmpty() ? Optional.empty() : Optional.of(key(kept.get(), slot.store()));
  }

  private static KeyEncryptionKey key(String kept, StoreId store) throws StoreRefusedException {
    try (RootKey root = KeyKind.ROOT.of(new Base64Text(kept).bytes())) {
      return KeySlot.keyOf(root, store);
    } catch (IllegalArgumentException _) {
      throw new StoreRefusedException(
          Fault.MALFORMED,
          "what the keyring has for %s, %s is no key of a store".formatted(SERVICE, store));
    }
  }

  /**
   * Keeps a fresh key in the keyring, unless it has one for the store.
   *
   * @throws StoreRefusedException {@link Fault#MALFORMED} when it has something else
   */
  @Override
  public Protected protect(StoreId store, SecureRandom random) throws IOException {
    String secret = keyring.get(SERVICE, store.text()).orElse("");
    if (secret.isEmpty()) {
      byte[] fresh = new byte[RootKey.BYTES];
      random.nextBytes(fresh);
      secret = Base64Text.of(fresh).text();
      Arrays.fill(fresh, (byte) 0);
      keyring.set(SERVICE, store.text(), secret);
    }
    return new Protected(new Protection.Keyring(), key(secret, store));
  }

  @Override
  public boolean provesMaker() {
    return true;
  }

  /** The keyring keeps the secret. */
  @Override
  public void close() {}

  @Override
  public String toString() {
    return "KeyringKey";
  }
}
