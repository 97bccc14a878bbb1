package io.github.cachemesh.core.credential;

import io.github.cachemesh.core.envelope.KeyId;
import io.github.cachemesh.core.envelope.Sealed;
import io.github.cachemesh.core.envelope.VerifyingKey;
import java.util.Collections;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A store as its file says it. Immutable.
 *
 * @param writer whose signature counts
 * @param signingKey the writer's private key, under the store's key
 * @param storeKey which key that is
 * @param slots by the holder's name
 */
record Manifest(
    StoreId store,
    long generation,
    StorePolicy policy,
    VerifyingKey writer,
    Sealed signingKey,
    KeyId storeKey,
    SortedMap<String, Slot> slots,
    SortedMap<Scope, ScopeKey> scopes,
    SortedMap<CredentialId, StoredRecord> records) {

  /** The order of scopes in a file. */
  static final Comparator<Scope> SCOPES =
      Comparator.comparing(Scope::kind).thenComparing(Scope::filter);

  /** The order of records in a file. */
  static final Comparator<CredentialId> IDS =
      Comparator.comparing(CredentialId::name).thenComparing(CredentialId::scope, SCOPES);

  Manifest {
    slots = Collections.unmodifiableSortedMap(new TreeMap<>(slots));
    scopes = Collections.unmodifiableSortedMap(new TreeMap<>(scopes));
    records = Collections.unmodifiableSortedMap(new TreeMap<>(records));
  }

  Places places() {
    return new Places(store);
  }

  Overview overview(RollbackCheck rollback, boolean writerProven) {
    return new Overview(
        store,
        generation,
        rollback,
        writerProven,
        policy,
        slots.values().stream().map(Slot::holder).toList(),
        records.entrySet().stream().map(each -> each.getValue().entry(each.getKey())).toList());
  }
}
