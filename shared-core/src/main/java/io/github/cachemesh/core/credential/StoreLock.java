package io.github.cachemesh.core.credential;

import io.github.cachemesh.core.credential.StoreRefusedException.Fault;
import io.github.cachemesh.core.store.PrivateFiles;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * Held by one thread of one process at a time: a lock on {@code FILE.lock}, which stays where it
 * is, as whoever removed it could not know who waits for it.
 */
final class StoreLock implements AutoCloseable {
  private static final long POLL_NANOS = Duration.ofMillis(5).toNanos();

  /** The system's locks are the process's, so its threads need some of their own. */
  private static final Semaphore[] THREADS =
      IntStream.range(0, 64).mapToObj(_ -> new Semaphore(1, true)).toArray(Semaphore[]::new);

  private final Semaphore threads;
  private final FileChannel channel;

  private StoreLock(Semaphore threads, FileChannel channel) {
    this.threads = threads;
    this.channel = channel;
  }

  /**
   * Waits for its turn.
   *
   * @throws StoreRefusedException {@link Fault#BUSY} when it does not come
   * @throws IOException when the lock's file cannot be written
   */
  static StoreLock acquire(Path file, Duration patience) throws IOException {
    Path lock = file.toAbsolutePath().resolveSibling(file.getFileName() + ".lock");
    long deadline = System.nanoTime() + patience.toNanos();
    Semaphore threads = THREADS[Math.floorMod(lock.hashCode(), THREADS.length)];
    acquire(threads, lock, patience);
    try {
      return new StoreLock(threads, locked(lock, deadline));
    } catch (IOException | RuntimeException e) {
      threads.release();
      throw e;
    }
  }

  private static void acquire(Semaphore threads, Path lock, Duration patience) throws IOException {
    try {
      if (!threads.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        throw busy(lock);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for " + lock);
    }
  }

  private static FileChannel locked(Path lock, long deadline) throws IOException {
    Path folder = lock.getParent();
    if (folder != null) {
      PrivateFiles.createFolder(folder);
    }
    FileChannel channel =
        FileChannel.open(
            lock,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      for (FileLock held = channel.tryLock(); held == null; held = channel.tryLock()) {
        if (System.nanoTime() - deadline >= 0) {
          throw busy(lock);
        }
        LockSupport.parkNanos(POLL_NANOS);
        if (Thread.interrupted()) {
          Thread.currentThread().interrupt();
          throw new InterruptedIOException("interrupted while waiting for " + lock);
        }
      }
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static StoreRefusedException busy(Path lock) {
    return new StoreRefusedException(
        Fault.BUSY, "another process or thread holds %s: try again".formatted(lock));
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      threads.release();
    }
  }
}
