package io.github.cachemesh.libp2p.transport.quic;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * How far a writer may be ahead of QUIC: at most {@value #MAX_BYTES} bytes are handed over and not
 * yet accepted, as the peer's windows and the congestion of the path allow. Thread-safe.
 */
final class SendWindow {
  static final int MAX_BYTES = 256 * 1024;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition room = lock.newCondition();
  private int used;
  private @Nullable IOException failure;

  /**
   * Waits for room.
   *
   * @param bytes at most {@link #MAX_BYTES}
   * @throws IOException the reason given to {@link #fail}
   */
  void acquire(int bytes) throws IOException {
    try {
      lock.lockInterruptibly();
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
    try {
      while (failure == null && used + bytes > MAX_BYTES) {
        room.await();
      }
      if (failure != null) {
        throw failure;
      }
      used += bytes;
    } catch (InterruptedException e) {
      throw interrupted(e);
    } finally {
      lock.unlock();
    }
  }

  private static InterruptedIOException interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    InterruptedIOException failure = new InterruptedIOException("interrupted while writing");
    failure.initCause(cause);
    return failure;
  }

  void release(int bytes) {
    lock.lock();
    try {
      used -= bytes;
      room.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Writers fail from now on, with the first such reason. */
  void fail(IOException reason) {
    lock.lock();
    try {
      if (failure == null) {
        failure = reason;
      }
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
