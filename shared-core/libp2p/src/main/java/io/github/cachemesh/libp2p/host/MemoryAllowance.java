package io.github.cachemesh.libp2p.host;

import io.github.cachemesh.libp2p.core.MemoryBudget;
import java.util.concurrent.atomic.AtomicLong;

/** A budget of so many bytes. Thread-safe; does not block. */
public final class MemoryAllowance implements MemoryBudget {
  private final long maxBytes;
  private final AtomicLong usedBytes = new AtomicLong();
  private final AtomicLong refusals = new AtomicLong();

  /**
   * @param maxBytes above 0
   */
  public MemoryAllowance(long maxBytes) {
    Bounds.positive("maxBytes", maxBytes);
    this.maxBytes = maxBytes;
  }

  @Override
  public boolean reserve(long bytes) {
    Bounds.positive("bytes", bytes);
    long now = usedBytes.get();
    while (bytes <= maxBytes - now) {
      long seen = usedBytes.compareAndExchange(now, now + bytes);
      if (seen == now) {
        return true;
      }
      now = seen;
    }
    refusals.incrementAndGet();
    return false;
  }

  @Override
  public void release(long bytes) {
    Bounds.positive("bytes", bytes);
    usedBytes.addAndGet(-bytes);
  }

  public long usedBytes() {
    return usedBytes.get();
  }

  /** How many reservations did not fit. */
  public long refusals() {
    return refusals.get();
  }
}
