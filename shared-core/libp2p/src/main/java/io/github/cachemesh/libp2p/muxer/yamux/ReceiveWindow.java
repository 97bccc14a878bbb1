package io.github.cachemesh.libp2p.muxer.yamux;

import io.github.cachemesh.libp2p.core.MemoryBudget;

/**
 * How much the peer may send before it is read here. All of the window is reserved in the budget:
 * it is what the peer may still send, what is unread and what is read but not given back, together.
 *
 * <p>It is given back in halves. When half of it was read in less than {@value
 * #ROUND_TRIPS_TO_GROW} round trips then waiting for updates slows the peer down, so it doubles, up
 * to its bound and as far as the budget grants; when the budget has no room for even one more
 * stream, a grown window halves, by not giving back all that was read. Not thread-safe.
 */
final class ReceiveWindow {
  /** What each stream has from the beginning, by the specification. */
  static final int INITIAL_BYTES = 256 * 1024;

  private static final int ROUND_TRIPS_TO_GROW = 4;

  private final int maxBytes;
  private final MemoryBudget budget;
  private int size = INITIAL_BYTES;
  private int credit = INITIAL_BYTES;
  private int consumed;
  private long updatedNanos;

  /** The initial bytes are reserved already, and this object's from now on. */
  ReceiveWindow(int maxBytes, MemoryBudget budget, long nowNanos) {
    this.maxBytes = maxBytes;
    this.budget = budget;
    this.updatedNanos = nowNanos;
  }

  /**
   * @return whether the peer was allowed to send that much
   */
  boolean receive(long bytes) {
    if (bytes > credit) {
      return false;
    }
    credit -= (int) bytes;
    return true;
  }

  void consume(int bytes) {
    consumed += bytes;
  }

  boolean isUpdateDue() {
    return consumed >= size / 2;
  }

  /**
   * @param roundTripNanos 0 while it is unknown, and then the window does not grow
   * @return by how much to raise the peer's window; 0 is no update
   */
  int update(long nowNanos, long roundTripNanos) {
    int increase = consumed;
    consumed = 0;
    if (size > INITIAL_BYTES && isMemoryShort()) {
      int cut = Math.min(increase, size - Math.max(INITIAL_BYTES, size / 2));
      size -= cut;
      increase -= cut;
      budget.release(cut);
    } else if (size < maxBytes && nowNanos - updatedNanos < ROUND_TRIPS_TO_GROW * roundTripNanos) {
      int growth = Math.min(size, maxBytes - size);
      if (budget.reserve(growth)) {
        size += growth;
        increase += growth;
      }
    }
    updatedNanos = nowNanos;
    credit += increase;
    return increase;
  }

  /** Gives the memory back; nothing may be received after. */
  void free() {
    budget.release(size);
    size = 0;
    credit = 0;
  }

  int size() {
    return size;
  }

  private boolean isMemoryShort() {
    if (!budget.reserve(INITIAL_BYTES)) {
      return true;
    }
    budget.release(INITIAL_BYTES);
    return false;
  }
}
