package io.github.cachemesh.core.store;

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
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A file that one thread of one process at a time holds; it has no content and stays. The system
 * lets go of it when the process ends, however that ends. Thread-safe.
 */
public final class ExclusiveFile {
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  /** The byte that whoever holds the file has locked. */
  private static final long HELD = 0;

  /**
   * That which whoever is the next has locked: a process that comes again at once waits behind it,
   * and so starves nobody.
   */
  private static final long NEXT = 1;

  private static final Set<OpenOption> OPTIONS =
      Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

  /**
   * The threads of this process wait here: the system's lock is the process's, and is lost when any
   * of its threads closes the file. One a file that this process ever held.
   */
  private static final Map<Path, ReentrantLock> IN_PROCESS = new ConcurrentHashMap<>();

  private final Path file;
  private final long maxWaitNanos;

  /**
   * @param file in a folder that exists when it is acquired; made, with mode 0600, where it is
   *     missing
   * @param maxWait for others of this process, and again for other processes
   */
  public ExclusiveFile(Path file, Duration maxWait) {
    this.file = file.toAbsolutePath();
    this.maxWaitNanos = maxWait.toNanos();
  }

  /** Held until it is closed, by the thread that acquired it. */
  public static final class Held implements AutoCloseable {
    private final FileChannel channel;
    private final ReentrantLock inProcess;

    private Held(FileChannel channel, ReentrantLock inProcess) {
      this.channel = channel;
      this.inProcess = inProcess;
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
   * Waits until no other holds it.
   *
   * @throws FileHeldException when another holds it for too long
   * @throws IOException when there can be no lock
   * @throws IllegalStateException when this thread holds it already
   */
  public Held acquire() throws IOException {
    ReentrantLock inProcess = IN_PROCESS.computeIfAbsent(canonical(), _ -> new ReentrantLock());
    if (inProcess.isHeldByCurrentThread()) {
      throw new IllegalStateException("this thread holds " + file);
    }
    awaitThreads(inProcess);
    FileChannel channel = null;
    try {
      channel =
          FileChannel.open(
              file,
              OPTIONS,
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      awaitProcesses(channel);
      return new Held(channel, inProcess);
    } catch (IOException | RuntimeException e) {
      try (FileChannel _ = channel) {
        throw e;
      } finally {
        inProcess.unlock();
      }
    }
  }

  /** Whichever way a folder is called, it is the same. */
  private Path canonical() throws IOException {
    Path folder = file.getParent();
    Path name = file.getFileName();
    if (folder == null || name == null) {
      throw new IllegalArgumentException("not the name of a file: " + file);
    }
    return folder.toRealPath().resolve(name);
  }

  private void awaitThreads(ReentrantLock inProcess) throws IOException {
    try {
      if (!inProcess.tryLock(maxWaitNanos, TimeUnit.NANOSECONDS)) {
        throw heldForTooLong("another thread");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw interrupted(e);
    }
  }

  private void awaitProcesses(FileChannel channel) throws IOException {
    long began = System.nanoTime();
    try (FileLock _ = awaitByte(NEXT, channel, began)) {
      // It stays locked until the file is closed.
      FileLock _ = awaitByte(HELD, channel, began);
    }
  }

  private FileLock awaitByte(long which, FileChannel channel, long began) throws IOException {
    for (; ; LockSupport.parkNanos(this, PAUSE_NANOS)) {
      FileLock lock = channel.tryLock(which, 1, false);
      if (lock != null) {
        return lock;
      }
      if (System.nanoTime() - began > maxWaitNanos) {
        throw heldForTooLong("another process");
      }
      if (Thread.currentThread().isInterrupted()) {
        throw interrupted(null);
      }
    }
  }

  private FileHeldException heldForTooLong(String by) {
    return new FileHeldException(
        "%s holds %s for more than %d seconds; see what keeps it"
            .formatted(by, file, TimeUnit.NANOSECONDS.toSeconds(maxWaitNanos)));
  }

  private InterruptedIOException interrupted(@Nullable Throwable cause) {
    InterruptedIOException failure = new InterruptedIOException("interrupted in wait of " + file);
    failure.initCause(cause);
    return failure;
  }
}
