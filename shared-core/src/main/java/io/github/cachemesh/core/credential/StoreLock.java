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
import java.util.Objects;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Held by one thread of one process at a time: a lock on {@code FILE.lock}, which stays where it
 * is, as whoever removed it could not know who waits for it.
 */
final class StoreLock implements AutoCloseable {
  private static final long POLL_NANOS = Duration.ofMillis(5).toNanos();

  /** The byte that whoever has the lock holds. */
  private static final long HELD = 0;

  /** That which whoever is the next holds, so that one who writes on and on starves nobody. */
  private static final long NEXT = 1;

  /**
   * The system's locks are the process's, so its threads need some of their own: one a file that
   * this process ever locked, as a writer holds that of its store and that of its host's state.
   */
  private static final Map<Path, Semaphore> THREADS = new ConcurrentHashMap<>();

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
    Path lock = lockOf(file.toAbsolutePath());
    long deadline = System.nanoTime() + patience.toNanos();
    Semaphore threads = THREADS.computeIfAbsent(lock, _ -> new Semaphore(1, true));
    acquire(threads, lock, patience);
    try {
      return new StoreLock(threads, locked(lock, deadline));
    } catch (IOException | RuntimeException e) {
      threads.release();
      throw e;
    }
  }

  /** One path for one lock: closing a file gives up all locks that the process has on it. */
  private static Path lockOf(Path file) throws IOException {
    Path folder = Objects.requireNonNull(file.getParent(), "a file has a folder");
    PrivateFiles.createFolder(folder);
    return folder.toRealPath().resolve(file.getFileName() + ".lock");
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
    FileChannel channel =
        FileChannel.open(
            lock,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (FileLock _ = polled(channel, NEXT, lock, deadline)) {
      FileLock _ = polled(channel, HELD, lock, deadline);
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static FileLock polled(FileChannel channel, long position, Path lock, long deadline)
      throws IOException {
    while (true) {
      FileLock held = channel.tryLock(position, 1, false);
      if (held != null) {
        return held;
      }
      if (System.nanoTime() - deadline >= 0) {
        throw busy(lock);
      }
      LockSupport.parkNanos(POLL_NANOS);
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedIOException("interrupted while waiting for " + lock);
      }
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
