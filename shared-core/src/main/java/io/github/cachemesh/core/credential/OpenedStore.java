package io.github.cachemesh.core.credential;

import java.util.Collection;
import java.util.List;

/**
 * A store as one key opens it, as it was at one moment. Closing it zeroes its keys. Thread-safe.
 */
public final class OpenedStore implements AutoCloseable {
  /** The most names that are asked for at once. */
  public static final int MAX_NAMES = 1000;

  OpenedStore() {}

  /** All but the values. */
  public Overview overview() {
    throw new UnsupportedOperationException();
  }

  /** Whose key opened it. */
  public Holder holder() {
    throw new UnsupportedOperationException();
  }

  /**
   * Asks for values by name, for somebody who brings proofs of their scopes. Where a name has
   * values in several proven scopes, the narrowest counts: environment, workflow, runner, repo,
   * global.
   *
   * @return an answer for each name, in their order; the caller closes the credentials in it
   * @throws StoreRefusedException {@link StoreRefusedException.Fault#OUT_OF_BOUNDS} for more than
   *     {@link #MAX_NAMES} names, {@link StoreRefusedException.Fault#NOT_AUTHENTIC} when a value
   *     does not open
   */
  public List<Answer> ask(List<String> names, Collection<Proof> proofs)
      throws StoreRefusedException {
    throw new UnsupportedOperationException();
  }

  /**
   * The newest value of a record, expired or not, for whoever holds its key.
   *
   * @return what the caller closes
   * @throws StoreRefusedException {@link StoreRefusedException.Fault#MISSING} when there is none,
   *     {@link StoreRefusedException.Fault#WRONG_KEY} when the key does not open its scope
   */
  public Credential value(CredentialId id) throws StoreRefusedException {
    throw new UnsupportedOperationException();
  }

  /**
   * A kept version of a record, expired or not.
   *
   * @return what the caller closes
   * @throws StoreRefusedException as {@link #value(CredentialId)}
   */
  public Credential value(CredentialId id, int version) throws StoreRefusedException {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
