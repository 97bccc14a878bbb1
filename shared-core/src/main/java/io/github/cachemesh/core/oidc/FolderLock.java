package io.github.cachemesh.core.oidc;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets one thread of one process at a time work in a folder. Waits at most 10 seconds for another
 * process. Thread-safe.
 */
final class FolderLock {
  private static final Duration MAX_WAIT = Duration.ofSeconds(10);
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final Set<OpenOption> OPTIONS =
      Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

  /**
   * The threads of this process wait here: the file's lock is the process's, and is lost when any
   * of its threads closes the file. Folders may share one of them.
   */
  private static final ReentrantLock[] IN_PROCESS = new ReentrantLock[64];

  static {
    for (int i = 0; i < IN_PROCESS.length; i++) {
      IN_PROCESS[i] = new ReentrantLock();
    }
  }

  private final Path file;
  private final ReentrantLock inProcess;
  private final Duration maxWait;

  /**
   * @param folder its real path
   */
  FolderLock(Path folder) {
    this(folder, MAX_WAIT);
  }

  FolderLock(Path folder, Duration maxWait) {
    this.maxWait = maxWait;
    this.file = folder.resolve("lock");
    this.inProcess = IN_PROCESS[Math.floorMod(folder.hashCode(), IN_PROCESS.length)];
  }

  /** Held until it is closed. */
  final class Held implements AutoCloseable {
    private final FileChannel channel;

    private Held(FileChannel channel) {
      this.channel = channel;
    }

    @Override
    public void close() throws IOException {
      try {
        channel.close();
      } finally {
        inProcess.unlock();
      }
    }
  }

  /**
   * @throws IOException when another process keeps it for too long, or there can be no lock
   */
  Held acquire() throws IOException {
    inProcess.lock();
    FileChannel channel = null;
    try {
      channel =
          FileChannel.open(
              file,
              OPTIONS,
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      await(channel);
      return new Held(channel);
    } catch (IOException | RuntimeException e) {
      try (FileChannel _ = channel) {
        throw e;
      } finally {
        inProcess.unlock();
      }
    }
  }

  private void await(FileChannel channel) throws IOException {
    long began = System.nanoTime();
    for (FileLock lock = channel.tryLock(); lock == null; lock = channel.tryLock()) {
      if (System.nanoTime() - began > maxWait.toNanos()) {
        throw new IOException(
            "another process keeps %s for more than %s; see what stops it"
                .formatted(file, maxWait));
      }
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedIOException("interrupted while waiting for " + file);
      }
      LockSupport.parkNanos(this, PAUSE_NANOS);
    }
  }
}
