package io.github.cachemesh.libp2p.muxer.yamux;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * What has come and is unread, in order. Its memory is in proportion to its bytes, whatever the
 * peer's frames are: a large piece that makes up half of the buffer it came in, or more, is kept as
 * a slice of it, others are copied together. The bytes are bounded by the window.
 *
 * <p>The head may be read outside the lock that guards the rest, between {@link #take} and {@link
 * #putBack}; meanwhile it stays, even if all is discarded.
 */
final class ReceiveBuffer {
  /** Below this a buffer's own objects weigh more than copying. */
  private static final int MIN_SLICE_BYTES = 2048;

  private static final int MIN_COPY_BYTES = 256;
  private static final int MAX_COPY_BYTES = 64 * 1024;

  /** Null until something comes, for the sake of idle streams. */
  private @Nullable ArrayDeque<ByteBuf> queue;

  /** The last of the queue, if it is one that small pieces are copied to. */
  private @Nullable ByteBuf copies;

  private int bytes;
  private boolean isHeadTaken;
  private boolean isDiscarded;

  /** Takes so many bytes out of {@code in}, which stays the caller's. */
  void add(ByteBuf in, int length, ByteBufAllocator allocator) {
    if (queue == null) {
      queue = new ArrayDeque<>(4);
    }
    bytes += length;
    if (length >= MIN_SLICE_BYTES && length >= in.capacity() / 2) {
      queue.add(in.readRetainedSlice(length));
      copies = null;
      return;
    }
    int left = length;
    if (copies != null) {
      int fitting = Math.min(left, copies.writableBytes());
      copies.writeBytes(in, fitting);
      left -= fitting;
    }
    if (left > 0) {
      int doubled =
          copies == null ? MIN_COPY_BYTES : Math.min(2 * copies.capacity(), MAX_COPY_BYTES);
      int capacity = Math.max(left, doubled);
      ByteBuf next = allocator.directBuffer(capacity, capacity);
      next.writeBytes(in, left);
      queue.add(next);
      copies = next;
    }
  }

  /**
   * The head, which the caller may read until {@link #putBack}.
   *
   * @return null when there is nothing
   */
  @Nullable ByteBuf take() {
    ByteBuf head = queue == null ? null : queue.peek();
    isHeadTaken = head != null;
    if (head == copies) {
      copies = null;
    }
    return head;
  }

  /**
   * @param read how many of its bytes are read
   */
  void putBack(ByteBuf head, int read) {
    isHeadTaken = false;
    bytes -= read;
    if (isDiscarded) {
      discard();
    } else if (!head.isReadable() && queue != null) {
      queue.remove();
      head.release();
    }
  }

  /** Releases everything, and from now on nothing may be added. */
  void discard() {
    isDiscarded = true;
    copies = null;
    if (queue == null) {
      return;
    }
    ByteBuf taken = isHeadTaken ? queue.poll() : null;
    for (ByteBuf buffer : queue) {
      buffer.release();
    }
    queue.clear();
    bytes = 0;
    if (taken != null) {
      queue.add(taken);
      bytes = taken.readableBytes();
    }
  }

  int bytes() {
    return bytes;
  }

  boolean isEmpty() {
    return queue == null || queue.isEmpty();
  }
}
