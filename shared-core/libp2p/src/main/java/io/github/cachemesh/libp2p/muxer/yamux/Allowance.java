package io.github.cachemesh.libp2p.muxer.yamux;

import java.time.Duration;

/**
 * At most so many events in a period; periods follow each other, so that twice as many can fall
 * together. Not thread-safe.
 */
final class Allowance {
  private final int events;
  private final long periodNanos;
  private long periodStartNanos;
  private int taken;

  Allowance(int events, Duration period, long nowNanos) {
    this.events = events;
    this.periodNanos = period.toNanos();
    this.periodStartNanos = nowNanos;
  }

  /**
   * @return whether one more is allowed
   */
  boolean take(long nowNanos) {
    if (nowNanos - periodStartNanos >= periodNanos) {
      periodStartNanos = nowNanos;
      taken = 0;
    }
    return ++taken <= events;
  }
}
