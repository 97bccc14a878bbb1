package io.github.cachemesh.core.credential;

import io.github.cachemesh.core.envelope.KeyEncryptionKey;
import io.github.cachemesh.core.envelope.KeyKind;
import io.github.cachemesh.core.envelope.RootKey;
import java.security.SecureRandom;
import java.util.Optional;

/** A random key of 32 bytes, as an environment secret or a mounted file holds it. */
public final class RawKey implements KeySource, KeyTarget {
  private final RootKey root;

  /**
   * @param root which is closed with this
   */
  public RawKey(RootKey root) {
    this.root = root;
  }

  /** One that nobody has yet. {@link KeyText#of} tells it, for whoever shall keep it. */
  public static RawKey fresh(SecureRandom random) {
    return new RawKey(KeyKind.ROOT.fresh(random));
  }

  @Override
  public Optional<KeyEncryptionKey> open(KeySlot slot) {
    return slot.protection() instanceof Protection.Raw
        ? Optional.of(KeySlot.keyOf(root, slot.store()))
        : Optional.empty();
  }

  @Override
  public Protected protect(StoreId store, SecureRandom random) {
    return new Protected(new Protection.Raw(), KeySlot.keyOf(root, store));
  }

  /** The secret itself; the caller zeroes it. */
  byte[] reveal() {
    return root.reveal();
  }

  @Override
  public boolean provesMaker() {
    return true;
  }

  @Override
  public void close() {
    root.close();
  }

  @Override
  public String toString() {
    return "RawKey";
  }
}
