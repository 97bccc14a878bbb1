package io.github.cachemesh.core.credential;

import java.util.Collection;

/**
 * An owner's changes to a store, until they are written as its next generation. Not thread-safe.
 * Each method throws {@link StoreRefusedException} when a bound is passed.
 */
public final class StoreEditor {
  StoreEditor() {}

  /** The store as it is with what was changed so far; its generation is that to be written. */
  public Overview overview() {
    throw new UnsupportedOperationException();
  }

  /**
   * Adds a value, as a further version where there is one, of which the oldest go as the policy
   * says.
   *
   * @param value 1 to {@link Credential#MAX_VALUE_BYTES}, which stays the caller's
   * @throws StoreRefusedException {@link StoreRefusedException.Fault#MALFORMED} for an empty value
   */
  public Entry set(CredentialId id, byte[] value, Expiry expires) throws StoreRefusedException {
    throw new UnsupportedOperationException();
  }

  /**
   * Adds a version to a value that is there, with a life as long as the last one's.
   *
   * @throws StoreRefusedException {@link StoreRefusedException.Fault#MISSING} when it is not there
   */
  public Entry rotate(CredentialId id, byte[] value) throws StoreRefusedException {
    throw new UnsupportedOperationException();
  }

  /**
   * Adds a version to a value that is there.
   *
   * @throws StoreRefusedException {@link StoreRefusedException.Fault#MISSING} when it is not there
   */
  public Entry rotate(CredentialId id, byte[] value, Expiry expires) throws StoreRefusedException {
    throw new UnsupportedOperationException();
  }

  /**
   * Drops all versions with their data keys. Copies of the file that others have still hold them:
   * the value must be rotated where it comes from.
   *
   * @return how many versions there were
   * @throws StoreRefusedException {@link StoreRefusedException.Fault#MISSING} when it is not there
   */
  public int delete(CredentialId id) throws StoreRefusedException {
    throw new UnsupportedOperationException();
  }

  /** Changes the policy; versions beyond it go with the next value of each record. */
  public void policy(StorePolicy policy) {
    throw new UnsupportedOperationException();
  }

  /**
   * Gives somebody a key that opens everything and signs.
   *
   * @throws StoreRefusedException {@link StoreRefusedException.Fault#EXISTS} when the name is taken
   * @throws java.io.IOException when whatever keeps the secret does not take it
   */
  public void addOwner(String name, KeyTarget target) throws java.io.IOException {
    throw new UnsupportedOperationException();
  }

  /**
   * Gives somebody a key that opens some scopes, whether they have values yet or not, and signs
   * nothing.
   *
   * @throws StoreRefusedException {@link StoreRefusedException.Fault#EXISTS} when the name is taken
   * @throws java.io.IOException when whatever keeps the secret does not take it
   */
  public void addHolder(String name, KeyTarget target, Collection<Scope> scopes)
      throws java.io.IOException {
    throw new UnsupportedOperationException();
  }

  /**
   * Lets the key of somebody who is no owner open further scopes.
   *
   * @throws StoreRefusedException {@link StoreRefusedException.Fault#MISSING} when there is no such
   *     holder
   */
  public void addScopes(String holder, Collection<Scope> scopes) throws StoreRefusedException {
    throw new UnsupportedOperationException();
  }

  /**
   * Takes a key away, and gives what it opened new keys, of the scopes or, for an owner, of all.
   * What its holder has read or copied stays known: follow it with {@link #rekeyData} and with
   * rotating the values.
   *
   * @throws StoreRefusedException {@link StoreRefusedException.Fault#MISSING} when there is no such
   *     holder, {@link StoreRefusedException.Fault#NOT_OWNER} when it is the last owner
   */
  public void removeHolder(String name) throws StoreRefusedException {
    throw new UnsupportedOperationException();
  }

  /** Makes new keys for all scopes and wraps the data keys and holders' keys anew. */
  public void rekey() throws StoreRefusedException {
    throw new UnsupportedOperationException();
  }

  /** As {@link #rekey}, and encrypts every value anew under a fresh data key. */
  public void rekeyData() throws StoreRefusedException {
    throw new UnsupportedOperationException();
  }
}
