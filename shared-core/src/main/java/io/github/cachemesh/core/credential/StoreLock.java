package io.github.cachemesh.core.credential;

import io.github.cachemesh.core.credential.StoreRefusedException.Fault;
import io.github.cachemesh.core.store.ExclusiveFile;
import io.github.cachemesh.core.store.FileHeldException;
import io.github.cachemesh.core.store.PrivateFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * The turn of one who writes a file: a lock on {@code FILE.lock} beside it, which stays where it
 * is, as whoever removed it could not know who waits for it.
 */
final class StoreLock {
  private StoreLock() {}

  /**
   * Waits for its turn.
   *
   * @param patience for other threads, and again for other processes
   * @throws StoreRefusedException {@link Fault#BUSY} when it does not come
   * @throws IOException when the lock's file cannot be written
   */
  static ExclusiveFile.Held acquire(Path file, Duration patience) throws IOException {
    Path lock = file.toAbsolutePath().resolveSibling(file.getFileName() + ".lock");
    PrivateFiles.createFolder(Objects.requireNonNull(lock.getParent(), "a file has a folder"));
    try {
      return new ExclusiveFile(lock, patience).acquire();
    } catch (FileHeldException e) {
      throw new StoreRefusedException(Fault.BUSY, e);
    }
  }
}
