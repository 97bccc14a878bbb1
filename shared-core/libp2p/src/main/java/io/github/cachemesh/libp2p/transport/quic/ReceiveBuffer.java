package io.github.cachemesh.libp2p.transport.quic;

import io.github.cachemesh.libp2p.core.LimitExceededException;
import io.github.cachemesh.libp2p.core.MemoryBudget;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What has come on a stream and was not read yet: about {@value #HIGH_BYTES} bytes of memory, since
 * the event loop stops taking more of QUIC then until a reader has brought it down to {@value
 * #LOW_BYTES}; QUIC's own windows bound the rest. It owns its buffers and charges them to a budget.
 *
 * <p>Thread-safe: an event loop adds, one thread reads, anybody ends it. The lock is never held
 * while bytes are copied or a thread waits.
 */
final class ReceiveBuffer {
  static final int HIGH_BYTES = 256 * 1024;
  static final int LOW_BYTES = 64 * 1024;

  /** What the event loop is to do after an addition. */
  enum Next {
    GO_ON,
    /** Take no more until {@link Events#room}. */
    PAUSE,
    /** Nobody will read this any more; it was dropped. */
    DROPPED
  }

  /** Told without the lock, on whatever thread brings it about. */
  interface Events {
    /** There is room again after a {@link Next#PAUSE}. */
    void room();

    /** The peer sends no more, and all of it was read or dropped; once. */
    void exhausted();
  }

  private final MemoryBudget budget;
  private final Events events;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<ByteBuf> buffers = new ArrayDeque<>();
  private int held;
  private boolean paused;
  private boolean reading;
  private boolean ended;
  private boolean exhausted;
  private @Nullable IOException failure;

  ReceiveBuffer(MemoryBudget budget, Events events) {
    this.budget = budget;
    this.events = events;
  }

  /**
   * Takes the buffer over; a reader that waits sees it after {@link #wake}.
   *
   * @throws LimitExceededException when the budget has no room for it; it is dropped
   */
  Next add(ByteBuf buffer) throws LimitExceededException {
    // By capacity, because a buffer for one byte is as large as one for many.
    int size = buffer.capacity();
    lock.lock();
    try {
      if (failure != null) {
        buffer.release();
        return Next.DROPPED;
      }
      if (!budget.reserve(size)) {
        buffer.release();
        throw new LimitExceededException("there is no memory left for what peers send");
      }
      buffers.add(buffer);
      held += size;
      paused |= held >= HIGH_BYTES;
      return paused ? Next.PAUSE : Next.GO_ON;
    } finally {
      lock.unlock();
    }
  }

  /** Lets the reader see what was added. */
  void wake() {
    lock.lock();
    try {
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** The peer sends no more. */
  void end() {
    Signals signals;
    lock.lock();
    try {
      ended = true;
      changed.signal();
      signals = signals();
    } finally {
      lock.unlock();
    }
    tell(signals);
  }

  /** Drops what there is and what comes; reads fail from now on, with the first such reason. */
  void fail(IOException reason) {
    Signals signals;
    lock.lock();
    try {
      if (failure == null) {
        failure = reason;
      }
      for (ByteBuf buffer = buffers.poll(); buffer != null; buffer = buffers.poll()) {
        release(buffer);
      }
      changed.signal();
      signals = signals();
    } finally {
      lock.unlock();
    }
    tell(signals);
  }

  /**
   * Waits for at least one byte, unless the target is full.
   *
   * @return how many were read; -1 at the end
   * @throws IOException the reason given to {@link #fail}
   */
  int read(ByteBuffer target) throws IOException {
    if (!target.hasRemaining()) {
      return 0;
    }
    ByteBuf buffer = take();
    if (buffer == null) {
      return -1;
    }
    int start = target.position();
    while (buffer != null && target.hasRemaining()) {
      int length = Math.min(buffer.readableBytes(), target.remaining());
      buffer.readBytes(target.slice(target.position(), length));
      target.position(target.position() + length);
      buffer = putBack(buffer, target.hasRemaining());
    }
    return target.position() - start;
  }

  /** Waits for the next buffer, which is the reader's until it is put back. */
  private @Nullable ByteBuf take() throws IOException {
    try {
      lock.lockInterruptibly();
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
    try {
      while (buffers.isEmpty()) {
        if (failure != null) {
          throw failure;
        }
        if (ended) {
          return null;
        }
        changed.await();
      }
      reading = true;
      return buffers.poll();
    } catch (InterruptedException e) {
      throw interrupted(e);
    } finally {
      lock.unlock();
    }
  }

  private static InterruptedIOException interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    InterruptedIOException failure = new InterruptedIOException("interrupted while reading");
    failure.initCause(cause);
    return failure;
  }

  /**
   * @return the next buffer, if one is wanted and there
   */
  private @Nullable ByteBuf putBack(ByteBuf buffer, boolean next) {
    ByteBuf following;
    Signals signals;
    lock.lock();
    try {
      if (failure != null || !buffer.isReadable()) {
        release(buffer);
      } else {
        buffers.addFirst(buffer);
      }
      following = next ? buffers.poll() : null;
      reading = following != null;
      signals = signals();
    } finally {
      lock.unlock();
    }
    tell(signals);
    return following;
  }

  private record Signals(boolean room, boolean exhausted) {
    static final Signals NONE = new Signals(false, false);
  }

  private Signals signals() {
    boolean room = paused && held <= LOW_BYTES;
    boolean over = ended && !exhausted && !reading && buffers.isEmpty();
    if (!room && !over) {
      return Signals.NONE;
    }
    paused &= !room;
    exhausted |= over;
    return new Signals(room, over);
  }

  private void tell(Signals signals) {
    if (signals.room()) {
      events.room();
    }
    if (signals.exhausted()) {
      events.exhausted();
    }
  }

  private void release(ByteBuf buffer) {
    int size = buffer.capacity();
    buffer.release();
    held -= size;
    budget.release(size);
  }
}
