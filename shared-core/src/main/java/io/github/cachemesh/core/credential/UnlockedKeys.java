package io.github.cachemesh.core.credential;

import io.github.cachemesh.core.credential.StoreRefusedException.Fault;
import io.github.cachemesh.core.envelope.EnvelopeException;
import io.github.cachemesh.core.envelope.KeyEncryptionKey;
import io.github.cachemesh.core.envelope.KeyKind;
import io.github.cachemesh.core.envelope.Sealed;
import io.github.cachemesh.core.envelope.Wrap;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one secret opens of a store: an owner's the store's key and by it every scope's, a holder's
 * the scopes' that it was given. Closing it zeroes them.
 */
final class UnlockedKeys implements AutoCloseable {
  private final Slot slot;
  private @Nullable KeyEncryptionKey storeKey;
  private final Map<Scope, KeyEncryptionKey> scopeKeys = new HashMap<>();

  private UnlockedKeys(Slot slot) {
    this.slot = slot;
  }

  /**
   * Tries a secret at every slot.
   *
   * @throws StoreRefusedException {@link Fault#WRONG_KEY} when it is none's, {@link
   *     Fault#NOT_AUTHENTIC} when what it opens was changed
   */
  static UnlockedKeys unlock(StoreFile.Read read, KeySource source) throws IOException {
    Manifest manifest = read.manifest();
    for (Slot slot : manifest.slots().values()) {
      Optional<KeyEncryptionKey> opened = source.open(slot.of(manifest.store()));
      if (opened.isEmpty()) {
        continue;
      }
      try (KeyEncryptionKey key = opened.get()) {
        if (key.id().equals(slot.key())) {
          return unlock(manifest, slot, key);
        }
      }
    }
    throw read.refused(
        Fault.WRONG_KEY, "the key is none of its holders': cachemesh credentials list names them");
  }

  private static UnlockedKeys unlock(Manifest manifest, Slot slot, KeyEncryptionKey key)
      throws StoreRefusedException {
    UnlockedKeys keys = new UnlockedKeys(slot);
    try {
      switch (slot.opens()) {
        case Slot.Opens.Everything(Sealed storeKey) -> keys.everything(manifest, key, storeKey);
        case Slot.Opens.Scopes(var wraps) -> {
          for (Map.Entry<Scope, Sealed> each : wraps.entrySet()) {
            Wrap wrap = new Wrap(key.id(), each.getValue());
            keys.scopeKeys.put(
                each.getKey(),
                key.unwrap(
                    wrap,
                    manifest.places().scopeKey(slot.name(), each.getKey()),
                    KeyKind.KEY_ENCRYPTION));
          }
        }
      }
      return keys;
    } catch (EnvelopeException e) {
      keys.close();
      throw new StoreRefusedException(Fault.NOT_AUTHENTIC, e);
    }
  }

  private void everything(Manifest manifest, KeyEncryptionKey key, Sealed wrapped)
      throws EnvelopeException {
    Places places = manifest.places();
    KeyEncryptionKey all =
        key.unwrap(
            new Wrap(key.id(), wrapped), places.storeKey(slot.name()), KeyKind.KEY_ENCRYPTION);
    storeKey = all;
    for (Map.Entry<Scope, ScopeKey> each : manifest.scopes().entrySet()) {
      Wrap wrap = new Wrap(manifest.storeKey(), each.getValue().wrapped());
      scopeKeys.put(
          each.getKey(), all.unwrap(wrap, places.scopeKey(each.getKey()), KeyKind.KEY_ENCRYPTION));
    }
  }

  /** Whose secret it is. */
  Slot slot() {
    return slot;
  }

  /** The key of everything, which stays this object's. */
  Optional<KeyEncryptionKey> storeKey() {
    return Optional.ofNullable(storeKey);
  }

  /** The keys of the scopes, which stay this object's. */
  Map<Scope, KeyEncryptionKey> scopeKeys() {
    return Collections.unmodifiableMap(scopeKeys);
  }

  @Override
  public void close() {
    if (storeKey != null) {
      storeKey.close();
    }
    scopeKeys.values().forEach(KeyEncryptionKey::close);
  }
}
