package io.github.cachemesh.core.cli;

import io.github.cachemesh.core.audit.AuditAction;
import io.github.cachemesh.core.credential.Anchor;
import io.github.cachemesh.core.credential.KeySource;
import io.github.cachemesh.core.credential.OpenedStore;
import io.github.cachemesh.core.credential.SealedStore;
import io.github.cachemesh.core.credential.StoreChange;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One command's use of a store: what it does there is logged, and it begins only where that can be
 * done. A person is asked for a passphrase when the key is needed first.
 */
final class StoreSession implements AutoCloseable {
  private final StoreAccess access;
  private final Surroundings surroundings;
  private final AuditTrail trail;
  private final Anchor anchor;
  private @Nullable KeySource key;

  private StoreSession(StoreAccess access, Surroundings surroundings, AuditTrail trail) {
    this.access = access;
    this.surroundings = surroundings;
    this.trail = trail;
    this.anchor = access.store.anchor(surroundings);
  }

  static StoreSession begin(StoreAccess access, Surroundings surroundings) throws IOException {
    if (!Files.exists(access.store.file)) {
      throw CommandFailure.usage(
          "there is no store at %s: name it by --store FILE, or make it by cachemesh credentials init"
              .formatted(access.store.file));
    }
    return beginAnew(access, surroundings);
  }

  /** Also where there is no store yet. */
  static StoreSession beginAnew(StoreAccess access, Surroundings surroundings) throws IOException {
    // Wrong options are told before anything is opened.
    Anchor _ = access.store.anchor(surroundings);
    return new StoreSession(
        access, surroundings, AuditTrail.open(access.audit, access.reason, surroundings));
  }

  AuditTrail trail() {
    return trail;
  }

  SealedStore store() {
    return access.store.store(surroundings);
  }

  Anchor anchor() {
    return anchor;
  }

  /** The key, which this closes. */
  KeySource key() throws IOException {
    if (key == null) {
      key = access.key.open(access.store.file, surroundings);
    }
    return key;
  }

  /**
   * Changes the store in one write and logs it.
   *
   * @param whats what is changed, as {@link AuditTrail#log}
   */
  <T> T change(AuditAction action, List<String> whats, StoreChange<T> change) throws IOException {
    return trail.log(action, whats, () -> store().change(key(), anchor, change));
  }

  /** Opens the store, which the caller closes. Owners' keys tell by themselves whose it is. */
  OpenedStore open() throws IOException {
    boolean pinned = key().store().isPresent() || access.store.id != null;
    OpenedStore opened = pinned ? store().open(key(), anchor) : store().openAsOwner(key(), anchor);
    StoreOptions.warn(opened.overview(), surroundings);
    return opened;
  }

  @Override
  public void close() {
    trail.close();
    if (key != null) {
      key.close();
    }
  }
}
