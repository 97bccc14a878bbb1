package io.github.cachemesh.core.credential;

import io.github.cachemesh.core.credential.StoreRefusedException.Fault;
import io.github.cachemesh.core.envelope.KeyEncryptionKey;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * An owner's changes to a store, until they are written as its next generation. Not thread-safe,
 * and of no use once the change has returned. Each method throws {@link StoreRefusedException} when
 * a bound is passed.
 */
public final class StoreEditor {
  private final KeyTable keys;
  private final RecordTable records;
  private final long generation;
  private final RollbackCheck rollback;
  private final InstantSource clock;
  private StorePolicy policy;
  private boolean changed;

  /**
   * @param generation the next one
   */
  StoreEditor(
      Manifest before,
      KeyTable keys,
      long generation,
      RollbackCheck rollback,
      SecureRandom random,
      InstantSource clock) {
    this.keys = keys;
    this.records = new RecordTable(before.places(), before.records(), random);
    this.policy = before.policy();
    this.generation = generation;
    this.rollback = rollback;
    this.clock = clock;
  }

  boolean hasChanged() {
    return changed;
  }

  Manifest manifest() {
    return keys.manifest(generation, policy, records.records());
  }

  /** The store as it is with what was changed so far; its generation is that to be written. */
  public Overview overview() {
    return manifest().overview(rollback, true);
  }

  /**
   * Adds a value, as a further version where there is one, of which the oldest go as the policy
   * says.
   *
   * @param value 1 to {@link Credential#MAX_VALUE_BYTES}, which stays the caller's
   * @throws StoreRefusedException {@link Fault#MALFORMED} for a value that is empty or too long
   */
  public Entry set(CredentialId id, byte[] value, Expiry expires) throws StoreRefusedException {
    KeyEncryptionKey key = keys.scopeKey(id.scope());
    changed = true;
    return records.add(id, value, now(), expires, key, policy.keepVersions());
  }

  /**
   * Adds a version to a value that is there, with a life as long as the last one's.
   *
   * @throws StoreRefusedException {@link Fault#MISSING} when it is not there
   */
  public Entry rotate(CredentialId id, byte[] value) throws StoreRefusedException {
    StoredRecord.Version last = RecordTable.live(records.records(), id).newest();
    return switch (last.expires()) {
      case Expiry.Never never -> set(id, value, never);
      case Expiry.At(Instant at) ->
          set(id, value, new Expiry.At(now().plus(Duration.between(last.created(), at))));
    };
  }

  /**
   * Adds a version to a value that is there.
   *
   * @throws StoreRefusedException {@link Fault#MISSING} when it is not there
   */
  public Entry rotate(CredentialId id, byte[] value, Expiry expires) throws StoreRefusedException {
    StoredRecord.Live _ = RecordTable.live(records.records(), id);
    return set(id, value, expires);
  }

  /**
   * Drops all versions with their data keys. Copies of the file that others have still hold them:
   * the value must be rotated where it comes from.
   *
   * @return how many versions there were
   * @throws StoreRefusedException {@link Fault#MISSING} when it is not there
   */
  public int delete(CredentialId id) throws StoreRefusedException {
    int versions = records.delete(id, now());
    changed = true;
    return versions;
  }

  /** Changes the policy; versions beyond it go with the next value of each record. */
  public void policy(StorePolicy other) {
    changed |= !policy.equals(other);
    policy = other;
  }

  /**
   * Gives somebody a key that opens everything and signs.
   *
   * @throws StoreRefusedException {@link Fault#EXISTS} when the name is taken or the key has one
   * @throws IOException when whatever keeps the secret does not take it
   */
  public void addOwner(String name, KeyTarget target) throws IOException {
    keys.addOwner(name, target);
    changed = true;
  }

  /**
   * Gives somebody a key that opens some scopes, whether they have values yet or not, and signs
   * nothing.
   *
   * @throws StoreRefusedException {@link Fault#EXISTS} when the name is taken or the key has one
   * @throws IOException when whatever keeps the secret does not take it
   */
  public void addHolder(String name, KeyTarget target, Collection<Scope> scopes)
      throws IOException {
    keys.addHolder(name, target, scopes);
    changed = true;
  }

  /**
   * Lets the key of somebody who is no owner open further scopes.
   *
   * @throws StoreRefusedException {@link Fault#MISSING} when there is no such holder, {@link
   *     Fault#EXISTS} when it is an owner
   */
  public void addScopes(String holder, Collection<Scope> scopes) throws StoreRefusedException {
    keys.addScopes(holder, scopes);
    changed = true;
  }

  /**
   * Takes a key away, and gives what it opened new keys, of the scopes or, for an owner, of all.
   * What its holder has read or copied stays known: follow it with {@link #rekeyData} and with
   * rotating the values.
   *
   * @throws StoreRefusedException {@link Fault#MISSING} when there is no such holder, {@link
   *     Fault#NOT_OWNER} when it is the last owner
   */
  public void removeHolder(String name) throws StoreRefusedException {
    Slot removed = keys.remove(name);
    changed = true;
    switch (removed.opens()) {
      case Slot.Opens.Everything _ -> rekey();
      case Slot.Opens.Scopes(var scopes) -> renew(scopes.keySet(), records::rewrap);
    }
  }

  /** Makes new keys for all scopes and wraps the data keys and holders' keys anew. */
  public void rekey() throws StoreRefusedException {
    rekey(records::rewrap);
  }

  /** As {@link #rekey}, and encrypts every value anew under a fresh data key. */
  public void rekeyData() throws StoreRefusedException {
    rekey(records::reencrypt);
  }

  private interface Rewriting {
    void of(Scope scope, KeyEncryptionKey before, KeyEncryptionKey after)
        throws StoreRefusedException;
  }

  private void rekey(Rewriting rewriting) throws StoreRefusedException {
    keys.renewStoreKey();
    renew(keys.scopes(), rewriting);
    changed = true;
  }

  private void renew(Set<Scope> scopes, Rewriting rewriting) throws StoreRefusedException {
    for (Scope scope : List.copyOf(scopes)) {
      KeyEncryptionKey before = keys.scopeKey(scope);
      rewriting.of(scope, before, keys.renew(scope));
    }
  }

  private Instant now() {
    return Expiry.whole(clock.instant());
  }
}
