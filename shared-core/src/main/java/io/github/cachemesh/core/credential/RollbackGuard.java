package io.github.cachemesh.core.credential;

import io.github.cachemesh.core.credential.StoreRefusedException.Fault;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Compares a store with what its {@link Anchor} knows. */
final class RollbackGuard {
  private final Anchor anchor;
  private final Optional<HostState> state;

  /**
   * @param store its file
   * @throws StoreRefusedException {@link Fault#MALFORMED} when the host's state is beside the store
   */
  RollbackGuard(Anchor anchor, Path store, Duration patience, InstantSource clock)
      throws StoreRefusedException {
    this.anchor = anchor;
    this.state = anchor.stateFolder().map(folder -> new HostState(folder, patience, clock));
    Optional<Path> folder = anchor.stateFolder().map(Path::toAbsolutePath).map(Path::normalize);
    if (folder.isPresent() && folder.get().equals(store.normalize().getParent())) {
      throw new StoreRefusedException(
          Fault.MALFORMED,
          "%s has the store itself: the host's state must not be copied back with it"
              .formatted(folder.get()));
    }
  }

  /** A store, and whether an older copy of it would have been refused. */
  record Checked(StoreFile.Read read, RollbackCheck rollback) {}

  /**
   * Reads a store that others may be writing, and checks it.
   *
   * @throws StoreRefusedException {@link Fault#FOREIGN}, {@link Fault#ROLLED_BACK} or {@link
   *     Fault#FORKED}, or when the file is refused
   */
  Checked read(StoreFile source) throws IOException {
    StoreFile.Read read = source.read();
    StoreId store = read.manifest().store();
    Optional<HostState.Seen> seen = seen(store);
    if (read.manifest().generation() < leastGeneration(seen)) {
      // A writer may have come between the two: what is in place now is as new as what was seen.
      read = source.read();
      if (!read.manifest().store().equals(store)) {
        seen = seen(read.manifest().store());
      }
    }
    return new Checked(read, check(read, seen));
  }

  /**
   * Checks a store that nobody else can be writing.
   *
   * @throws StoreRefusedException {@link Fault#FOREIGN}, {@link Fault#ROLLED_BACK} or {@link
   *     Fault#FORKED}
   */
  RollbackCheck check(StoreFile.Read read) throws IOException {
    return check(read, seen(read.manifest().store()));
  }

  private RollbackCheck check(StoreFile.Read read, Optional<HostState.Seen> seen)
      throws StoreRefusedException {
    Manifest manifest = read.manifest();
    checkStore(read, anchor.store());
    long least = leastGeneration(seen);
    if (manifest.generation() < least) {
      throw read.refused(
          Fault.ROLLED_BACK,
          "it has generation %d, and there was %d: it is an old copy; get the newest, or restore this"
                  .formatted(manifest.generation(), least)
              + " one as an owner");
    }
    if (seen.isPresent()
        && seen.get().generation() == manifest.generation()
        && !seen.get().digest().equals(read.digest())) {
      throw read.refused(
          Fault.FORKED,
          "this host has seen another generation %d: it was written twice from one copy; choose"
                  .formatted(manifest.generation())
              + " one of them");
    }
    return least > 0 ? RollbackCheck.TOLD : RollbackCheck.UNTOLD;
  }

  /**
   * @throws StoreRefusedException {@link Fault#FOREIGN} when it is another store
   */
  static void checkStore(StoreFile.Read read, Optional<StoreId> expected)
      throws StoreRefusedException {
    StoreId store = read.manifest().store();
    if (expected.isPresent() && !expected.get().equals(store)) {
      throw read.refused(
          Fault.FOREIGN, "it is store %s, and %s was expected".formatted(store, expected.get()));
    }
  }

  /** The highest generation that is known from elsewhere; 0 when none is. */
  long leastGeneration(StoreId store) throws IOException {
    return leastGeneration(seen(store));
  }

  private long leastGeneration(Optional<HostState.Seen> seen) {
    return Math.max(anchor.minGeneration(), seen.map(HostState.Seen::generation).orElse(0L));
  }

  private Optional<HostState.Seen> seen(StoreId store) throws IOException {
    return state.isPresent() ? state.get().seen(store) : Optional.empty();
  }

  /** Remembers it where a folder is for that. */
  void remember(StoreFile.Read read) throws IOException {
    if (state.isPresent()) {
      state
          .get()
          .remember(
              read.manifest().store(),
              new HostState.Seen(read.manifest().generation(), read.digest()));
    }
  }
}
