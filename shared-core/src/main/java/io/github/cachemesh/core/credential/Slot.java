package io.github.cachemesh.core.credential;

import io.github.cachemesh.core.envelope.KeyId;
import io.github.cachemesh.core.envelope.Sealed;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One holder's key and what it opens. Immutable.
 *
 * @param key which key it is
 * @param kept the key itself under the store's key, so that owners can give its holder other keys
 *     without asking for the secret
 */
record Slot(String name, Protection protection, KeyId key, Sealed kept, Opens opens) {
  /** What a slot's key opens. */
  sealed interface Opens {
    /**
     * Everything.
     *
     * @param storeKey under the slot's key
     */
    record Everything(Sealed storeKey) implements Opens {}

    /**
     * Some scopes.
     *
     * @param keys of the scopes, under the slot's key
     */
    record Scopes(SortedMap<Scope, Sealed> keys) implements Opens {
      public Scopes {
        keys = Collections.unmodifiableSortedMap(new TreeMap<>(keys));
      }
    }
  }

  boolean isOwner() {
    return opens instanceof Opens.Everything;
  }

  Slot opening(Opens other) {
    return new Slot(name, protection, key, kept, other);
  }

  Slot keptAs(Sealed other) {
    return new Slot(name, protection, key, other, opens);
  }

  KeySlot of(StoreId store) {
    return new KeySlot(store, protection, key);
  }

  Holder holder() {
    List<Scope> scopes =
        opens instanceof Opens.Scopes(var keys) ? List.copyOf(keys.keySet()) : List.of();
    return new Holder(name, isOwner(), scopes, protection);
  }
}
