package io.github.cachemesh.core.credential;

import io.github.cachemesh.core.credential.StoreRefusedException.Fault;
import io.github.cachemesh.core.envelope.KeyEncryptionKey;
import io.github.cachemesh.core.envelope.KeyKind;
import io.github.cachemesh.core.envelope.RootKey;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A random key for each slot that a {@link Keyring} keeps, under {@value #SERVICE} and an account
 * of its own, so that none ever takes another's place. Keyrings hold secrets as texts, which nobody
 * can zero.
 */
public final class KeyringKey implements KeySource, KeyTarget {
  /** Under which the keyring lists them. */
  public static final String SERVICE = "cachemesh-credentials";

  private final Keyring keyring;

  public KeyringKey(Keyring keyring) {
    this.keyring = keyring;
  }

  @Override
  public Optional<KeyEncryptionKey> open(KeySlot slot) throws IOException {
    if (!(slot.protection() instanceof Protection.Keyring(String account))) {
      return Optional.empty();
    }
    Optional<String> kept = keyring.get(SERVICE, account);
    return kept.isEmpty() ? Optional.empty() : Optional.of(key(kept.get(), account, slot.store()));
  }

  private static KeyEncryptionKey key(String kept, String account, StoreId store)
      throws StoreRefusedException {
    try (RootKey root = KeyKind.ROOT.of(new Base64Text(kept).bytes())) {
      return KeySlot.keyOf(root, store);
    } catch (IllegalArgumentException _) {
      throw new StoreRefusedException(
          Fault.MALFORMED,
          "what the keyring has for %s, %s is no key of a store".formatted(SERVICE, account));
    }
  }

  /**
   * Keeps a fresh key in the keyring.
   *
   * @throws StoreRefusedException {@link Fault#NO_KEYRING} when the keyring does not give it back
   */
  @Override
  public Protected protect(StoreId store, SecureRandom random) throws IOException {
    byte[] fresh = new byte[RootKey.BYTES];
    byte[] suffix = new byte[8];
    random.nextBytes(fresh);
    random.nextBytes(suffix);
    String account = store + "-" + HexFormat.of().formatHex(suffix);
    String secret = Base64Text.of(fresh).text();
    Arrays.fill(fresh, (byte) 0);
    keyring.set(SERVICE, account, secret);
    if (!keyring.get(SERVICE, account).equals(Optional.of(secret))) {
      throw new StoreRefusedException(
          Fault.NO_KEYRING, "the keyring did not keep the key for " + account);
    }
    return new Protected(new Protection.Keyring(account), key(secret, account, store));
  }

  @Override
  public boolean provesMaker() {
    return true;
  }

  /** The keyring keeps the secrets. */
  @Override
  public void close() {}

  @Override
  public String toString() {
    return "KeyringKey";
  }
}
