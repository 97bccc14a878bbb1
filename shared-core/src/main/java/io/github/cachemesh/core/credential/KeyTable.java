package io.github.cachemesh.core.credential;

import io.github.cachemesh.core.credential.StoreRefusedException.Fault;
import io.github.cachemesh.core.envelope.EnvelopeException;
import io.github.cachemesh.core.envelope.Key;
import io.github.cachemesh.core.envelope.KeyEncryptionKey;
import io.github.cachemesh.core.envelope.KeyKind;
import io.github.cachemesh.core.envelope.Sealed;
import io.github.cachemesh.core.envelope.SigningKey;
import io.github.cachemesh.core.envelope.Wrap;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The keys of a store while an owner changes it: each scope has one, and every slot has what it
 * opens under its own key. Closing it zeroes them. Not thread-safe.
 */
final class KeyTable implements AutoCloseable {
  private final Places places;
  private final SecureRandom random;
  private final SigningKey signingKey;
  private KeyEncryptionKey storeKey;
  private Sealed wrappedSigningKey;
  private final SortedMap<String, Slot> slots = new TreeMap<>();
  private final SortedMap<Scope, ScopeKey> scopes = new TreeMap<>(Manifest.SCOPES);
  private final Map<Scope, KeyEncryptionKey> scopeKeys = new HashMap<>();
  private final List<Runnable> closing = new ArrayList<>();

  private KeyTable(
      Places places,
      SigningKey signingKey,
      KeyEncryptionKey storeKey,
      Sealed wrappedSigningKey,
      SecureRandom random) {
    this.places = places;
    this.signingKey = signingKey;
    this.storeKey = storeKey;
    this.wrappedSigningKey = wrappedSigningKey;
    this.random = random;
    closing.add(signingKey::close);
    closing.add(storeKey::close);
  }

  /** Those of a new store, which nobody holds yet. */
  static KeyTable fresh(SecureRandom random) {
    SigningKey signing = KeyKind.SIGNING.fresh(random);
    KeyEncryptionKey storeKey = KeyKind.KEY_ENCRYPTION.fresh(random);
    Places places = new Places(StoreId.of(signing.verifyingKey()));
    Sealed wrapped = storeKey.wrap(signing, places.signingKey(), random).box();
    return new KeyTable(places, signing, storeKey, wrapped, random);
  }

  /**
   * Those of a store.
   *
   * @param unlocked which is closed with this, or when this throws
   * @throws StoreRefusedException {@link Fault#NOT_OWNER} when it is not everything
   */
  static KeyTable of(Manifest manifest, UnlockedKeys unlocked, SecureRandom random)
      throws StoreRefusedException {
    try {
      KeyEncryptionKey storeKey =
          unlocked.storeKey().orElseThrow(() -> notOwner(unlocked.slot().name()));
      Wrap wrapped = new Wrap(manifest.storeKey(), manifest.signingKey());
      SigningKey signing =
          storeKey.unwrap(wrapped, manifest.places().signingKey(), KeyKind.SIGNING);
      KeyTable table = new KeyTable(manifest.places(), signing, storeKey, wrapped.box(), random);
      table.slots.putAll(manifest.slots());
      table.scopes.putAll(manifest.scopes());
      table.scopeKeys.putAll(unlocked.scopeKeys());
      table.closing.add(unlocked::close);
      return table;
    } catch (EnvelopeException e) {
      unlocked.close();
      throw new StoreRefusedException(Fault.NOT_AUTHENTIC, e);
    } catch (StoreRefusedException e) {
      unlocked.close();
      throw e;
    }
  }

  static StoreRefusedException notOwner(String holder) {
    return new StoreRefusedException(
        Fault.NOT_OWNER, "the key is that of holder %s: use an owner's".formatted(holder));
  }

  StoreId store() {
    return places.store();
  }

  SigningKey signingKey() {
    return signingKey;
  }

  Set<Scope> scopes() {
    return Collections.unmodifiableSet(scopes.keySet());
  }

  /** The store with these keys. */
  Manifest manifest(
      long generation, StorePolicy policy, SortedMap<CredentialId, StoredRecord> records) {
    return new Manifest(
        places.store(),
        generation,
        policy,
        signingKey.verifyingKey(),
        wrappedSigningKey,
        storeKey.id(),
        slots,
        scopes,
        records);
  }

  /**
   * The key of a scope, made where there is none; it stays this object's.
   *
   * @throws StoreRefusedException {@link Fault#OUT_OF_BOUNDS} when there are too many scopes
   */
  KeyEncryptionKey scopeKey(Scope scope) throws StoreRefusedException {
    KeyEncryptionKey key = scopeKeys.get(scope);
    if (key != null) {
      return key;
    }
    if (scopeKeys.size() == StoreFormat.MAX_SCOPES) {
      throw tooMany("scopes", StoreFormat.MAX_SCOPES);
    }
    return put(scope);
  }

  private KeyEncryptionKey put(Scope scope) {
    KeyEncryptionKey fresh = keeping(KeyKind.KEY_ENCRYPTION.fresh(random));
    scopeKeys.put(scope, fresh);
    scopes.put(scope, new ScopeKey(fresh.id(), wrapped(scope, fresh)));
    return fresh;
  }

  private Sealed wrapped(Scope scope, KeyEncryptionKey key) {
    return storeKey.wrap(key, places.scopeKey(scope), random).box();
  }

  /** Gives a new slot everything. */
  void addOwner(String name, KeyTarget target) throws IOException {
    add(name, target, key -> everything(name, key));
  }

  private Slot.Opens everything(String name, KeyEncryptionKey key) {
    return new Slot.Opens.Everything(key.wrap(storeKey, places.storeKey(name), random).box());
  }

  /** Gives a new slot some scopes. */
  void addHolder(String name, KeyTarget target, Collection<Scope> given) throws IOException {
    add(name, target, key -> with(new TreeMap<>(Manifest.SCOPES), name, key, given));
  }

  private interface Opening {
    Slot.Opens by(KeyEncryptionKey key) throws StoreRefusedException;
  }

  private void add(String name, KeyTarget target, Opening opening) throws IOException {
    try {
      Holder.checkName(name);
    } catch (IllegalArgumentException e) {
      throw new StoreRefusedException(Fault.MALFORMED, e);
    }
    if (slots.containsKey(name)) {
      throw new StoreRefusedException(Fault.EXISTS, "there is a holder %s".formatted(name));
    }
    if (slots.size() == StoreFormat.MAX_HOLDERS) {
      throw tooMany("holders", StoreFormat.MAX_HOLDERS);
    }
    KeyTarget.Protected made = target.protect(places.store(), random);
    try (KeyEncryptionKey key = made.key()) {
      checkNew(made);
      Sealed kept = storeKey.wrap(key, places.slotKey(name), random).box();
      slots.put(name, new Slot(name, made.protection(), key.id(), kept, opening.by(key)));
    }
  }

  private void checkNew(KeyTarget.Protected made) throws StoreRefusedException {
    int passphrases = 0;
    for (Slot slot : slots.values()) {
      if (slot.key().equals(made.key().id())) {
        throw new StoreRefusedException(
            Fault.EXISTS, "the key is that of holder %s already".formatted(slot.name()));
      }
      passphrases += slot.protection() instanceof Protection.Passphrase ? 1 : 0;
    }
    if (made.protection() instanceof Protection.Passphrase
        && passphrases == StoreFormat.MAX_PASSPHRASES) {
      throw tooMany("passphrases", StoreFormat.MAX_PASSPHRASES);
    }
  }

  /**
   * Gives a slot further scopes.
   *
   * @throws StoreRefusedException {@link Fault#MISSING} when there is none that is no owner's
   */
  void addScopes(String name, Collection<Scope> given) throws StoreRefusedException {
    Slot slot = slot(name);
    if (!(slot.opens() instanceof Slot.Opens.Scopes(var before))) {
      throw new StoreRefusedException(
          Fault.EXISTS, "holder %s is an owner and opens every scope".formatted(name));
    }
    try (KeyEncryptionKey key = keyOf(slot)) {
      slots.put(name, slot.opening(with(before, name, key, given)));
    }
  }

  private Slot.Opens with(
      SortedMap<Scope, Sealed> before, String name, KeyEncryptionKey key, Collection<Scope> given)
      throws StoreRefusedException {
    SortedMap<Scope, Sealed> after = new TreeMap<>(before);
    for (Scope scope : given) {
      KeyEncryptionKey scopeKey = scopeKey(scope);
      after.put(scope, key.wrap(scopeKey, places.scopeKey(name, scope), random).box());
    }
    return new Slot.Opens.Scopes(after);
  }

  /**
   * Takes a slot away. What it opened has the same keys still.
   *
   * @return what it was
   * @throws StoreRefusedException {@link Fault#MISSING} when there is none, {@link Fault#NOT_OWNER}
   *     when it is the last owner's
   */
  Slot remove(String name) throws StoreRefusedException {
    Slot slot = slot(name);
    if (slot.isOwner() && slots.values().stream().filter(Slot::isOwner).count() == 1) {
      throw new StoreRefusedException(
          Fault.NOT_OWNER,
          "%s is the last owner: without one nobody could change the store".formatted(name));
    }
    slots.remove(name);
    return slot;
  }

  private Slot slot(String name) throws StoreRefusedException {
    Slot slot = slots.get(name);
    if (slot == null) {
      throw new StoreRefusedException(Fault.MISSING, "there is no holder %s".formatted(name));
    }
    return slot;
  }

  /** A new key of everything, under which all is wrapped anew. */
  void renewStoreKey() throws StoreRefusedException {
    KeyEncryptionKey fresh = keeping(KeyKind.KEY_ENCRYPTION.fresh(random));
    Map<String, KeyEncryptionKey> keys = new HashMap<>();
    for (Slot slot : slots.values()) {
      keys.put(slot.name(), keeping(keyOf(slot)));
    }
    storeKey = fresh;
    wrappedSigningKey = storeKey.wrap(signingKey, places.signingKey(), random).box();
    keys.forEach(this::rewrap);
    scopes.replaceAll((scope, before) -> rewrapped(scope, before));
  }

  private void rewrap(String name, KeyEncryptionKey key) {
    slots.computeIfPresent(
        name,
        (_, slot) -> {
          Slot kept = slot.keptAs(storeKey.wrap(key, places.slotKey(name), random).box());
          return slot.isOwner() ? kept.opening(everything(name, key)) : kept;
        });
  }

  private ScopeKey rewrapped(Scope scope, ScopeKey before) {
    KeyEncryptionKey key = scopeKeys.get(scope);
    if (key == null) {
      throw new IllegalStateException("an owner has the keys of all scopes");
    }
    return new ScopeKey(before.key(), wrapped(scope, key));
  }

  /** A new key of a scope, for all who have the old one. */
  KeyEncryptionKey renew(Scope scope) throws StoreRefusedException {
    KeyEncryptionKey fresh = put(scope);
    for (Slot slot : List.copyOf(slots.values())) {
      if (slot.opens() instanceof Slot.Opens.Scopes(var keys) && keys.containsKey(scope)) {
        addScopes(slot.name(), List.of(scope));
      }
    }
    return fresh;
  }

  private KeyEncryptionKey keyOf(Slot slot) throws StoreRefusedException {
    try {
      return storeKey.unwrap(
          new Wrap(storeKey.id(), slot.kept()),
          places.slotKey(slot.name()),
          KeyKind.KEY_ENCRYPTION);
    } catch (EnvelopeException e) {
      throw new StoreRefusedException(Fault.NOT_AUTHENTIC, e);
    }
  }

  private <K extends Key> K keeping(K key) {
    closing.add(key::close);
    return key;
  }

  static StoreRefusedException tooMany(String what, int most) {
    return new StoreRefusedException(
        Fault.OUT_OF_BOUNDS, "a store has at most %d %s".formatted(most, what));
  }

  @Override
  public void close() {
    closing.forEach(Runnable::run);
  }
}
