package io.github.cachemesh.core.credential;

import io.github.cachemesh.core.envelope.Aad;

/**
 * What every box in a store is bound to: the format, what it is, the store, and where in it. The id
 * of the key that wraps is bound by the wrap itself, so that wrapping anew needs no plaintext.
 */
record Places(StoreId store) {
  /** The value of a version. */
  Aad value(CredentialId id, int version, Expiry expires) {
    return version("value", id, version, expires);
  }

  /** The data key of a version, under its scope's key. */
  Aad dataKey(CredentialId id, int version, Expiry expires) {
    return version("data key", id, version, expires);
  }

  private Aad version(String what, CredentialId id, int version, Expiry expires) {
    return in(what)
        .and(id.name())
        .and(id.scope().kind())
        .and(id.scope().filter())
        .and(version)
        .and(expires.toString());
  }

  /** The key of a scope, under the store's key. */
  Aad scopeKey(Scope scope) {
    return in("scope key").and(scope.kind()).and(scope.filter());
  }

  /** The key of a scope, under a holder's key. */
  Aad scopeKey(String holder, Scope scope) {
    return in("scope key of holder").and(holder).and(scope.kind()).and(scope.filter());
  }

  /** The store's key, under an owner's key. */
  Aad storeKey(String owner) {
    return in("store key of owner").and(owner);
  }

  /** A holder's or owner's key, under the store's key. */
  Aad slotKey(String holder) {
    return in("key of holder").and(holder);
  }

  /** The writer's private key, under the store's key. */
  Aad signingKey() {
    return in("signing key");
  }

  private Aad in(String what) {
    return Aad.of(StoreFormat.NAME, what, store.text());
  }
}
