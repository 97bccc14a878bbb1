package io.github.cachemesh.core.cache;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Writes in order on one virtual thread, behind whoever asked for them.
 *
 * <p>At most {@link #MAX_WRITES} writes of {@link #MAX_BYTES} in all wait or run; what comes on top
 * is declined. Thread-safe.
 */
final class WriteBehind {
  static final int MAX_WRITES = 1024;
  static final long MAX_BYTES = 64L * 1024 * 1024;

  private static final Logger LOG = System.getLogger(WriteBehind.class.getName());

  private record Write(long bytes, Runnable action) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Queue<Write> waiting = new ArrayDeque<>();
  private final Thread writer;
  private long pendingBytes;
  private long accepted;
  private long done;
  private boolean closed;

  WriteBehind(String name) {
    this.writer = Thread.ofVirtual().name(name).start(this::drain);
  }

  /**
   * @param bytes that the write keeps from being collected
   * @return whether it will be run
   */
  boolean offer(long bytes, Runnable action) {
    lock.lock();
    try {
      boolean full = accepted - done >= MAX_WRITES || pendingBytes + bytes > MAX_BYTES;
      if (closed || full) {
        return false;
      }
      waiting.add(new Write(bytes, action));
      pendingBytes += bytes;
      accepted++;
      changed.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void drain() {
    try {
      for (Write write = next(); write != null; write = next()) {
        try {
          write.action().run();
        } catch (RuntimeException e) {
          LOG.log(Level.WARNING, "a write behind failed; the entry is not kept", e);
        } finally {
          finished(write);
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private @Nullable Write next() throws InterruptedException {
    lock.lock();
    try {
      while (waiting.isEmpty()) {
        if (closed) {
          return null;
        }
        changed.await();
      }
      return waiting.remove();
    } finally {
      lock.unlock();
    }
  }

  private void finished(Write write) {
    lock.lock();
    try {
      done++;
      pendingBytes -= write.bytes();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for every write accepted so far.
   *
   * @return whether they are done within {@code limit}
   */
  boolean flush(Duration limit) {
    long nanosLeft = limit.toNanos();
    lock.lock();
    try {
      long target = accepted;
      while (done < target && nanosLeft > 0) {
        nanosLeft = changed.awaitNanos(nanosLeft);
      }
      return done >= target;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Accepts no more writes, waits for those accepted, and gives up those not done by then.
   *
   * @return how many writes were given up
   */
  int close(Duration limit) {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (flush(limit)) {
      return 0;
    }
    lock.lock();
    try {
      int givenUp = (int) (accepted - done);
      accepted -= waiting.size();
      waiting.clear();
      return givenUp;
    } finally {
      lock.unlock();
      writer.interrupt();
    }
  }
}
