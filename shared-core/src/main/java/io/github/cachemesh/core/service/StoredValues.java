package io.github.cachemesh.core.service;

import io.github.cachemesh.core.credential.Anchor;
import io.github.cachemesh.core.credential.Answer;
import io.github.cachemesh.core.credential.KeySource;
import io.github.cachemesh.core.credential.OpenedStore;
import io.github.cachemesh.core.credential.Proof;
import io.github.cachemesh.core.credential.SealedStore;
import io.github.cachemesh.core.credential.VerifiedJob;
import io.github.cachemesh.core.oidc.TokenClaims;
import io.github.cachemesh.core.oidc.VerifiedToken;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * The values of a store as its file is now: it is opened again when it has changed, and while that
 * is refused nothing is read from it. Thread-safe.
 */
final class StoredValues implements AutoCloseable {
  private final SealedStore store;
  private final KeySource key;
  private final Anchor anchor;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private OpenedStore opened;
  private volatile Optional<String> problem = Optional.empty();

  /**
   * @param key remains the caller's
   * @throws IOException when the store or the key is refused
   */
  StoredValues(SealedStore store, KeySource key, Anchor anchor) throws IOException {
    this.store = store;
    this.key = key;
    this.anchor = anchor;
    this.opened = store.open(key, anchor);
  }

  /**
   * Asks for values in the scopes that a token proves.
   *
   * @return an answer for each name, in their order; the caller closes the credentials in it
   * @throws IOException when the store is refused or cannot be read
   */
  List<Answer> ask(List<String> names, VerifiedToken token) throws IOException {
    refresh();
    lock.readLock().lock();
    try {
      return opened.ask(names, List.of(new Proof.VerifiedToken(job(token.claims()))));
    } finally {
      lock.readLock().unlock();
    }
  }

  private static VerifiedJob job(TokenClaims claims) {
    return new VerifiedJob(
        claims.repositoryId(),
        claims.repository(),
        claims.workflowRef(),
        claims.environment().orElse(null));
  }

  private void refresh() throws IOException {
    if (!hasChanged()) {
      problem = Optional.empty();
      return;
    }
    lock.writeLock().lock();
    try {
      if (store.hasChangedSince(opened)) {
        OpenedStore old = opened;
        opened = store.open(key, anchor);
        old.close();
      }
      problem = Optional.empty();
    } catch (IOException e) {
      problem = Optional.of(String.valueOf(e.getMessage()));
      throw e;
    } finally {
      lock.writeLock().unlock();
    }
  }

  private boolean hasChanged() {
    lock.readLock().lock();
    try {
      return store.hasChangedSince(opened);
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Why nothing can be read just now; empty when something can. */
  Optional<String> problem() {
    try {
      refresh();
    } catch (IOException _) {
      // Kept for those who ask.
    }
    return problem;
  }

  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      opened.close();
    } finally {
      lock.writeLock().unlock();
    }
  }
}
