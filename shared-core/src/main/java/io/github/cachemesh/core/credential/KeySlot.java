package io.github.cachemesh.core.credential;

import io.github.cachemesh.core.envelope.Aad;
import io.github.cachemesh.core.envelope.KeyEncryptionKey;
import io.github.cachemesh.core.envelope.KeyId;
import io.github.cachemesh.core.envelope.KeyKind;
import io.github.cachemesh.core.envelope.RootKey;

/**
 * A key of a store that a {@link KeySource} may be able to give. Nothing in it is secret.
 * Immutable.
 *
 * @param key which key it is
 */
public record KeySlot(StoreId store, Protection protection, KeyId key) {
  /**
   * The key of a slot of this store that a root key stands for; the caller closes it. One root key
   * has another key in every store.
   */
  public static KeyEncryptionKey keyOf(RootKey root, StoreId store) {
    return root.derive(KeyKind.KEY_ENCRYPTION, Aad.of(StoreFormat.NAME, "slot", store.text()));
  }
}
