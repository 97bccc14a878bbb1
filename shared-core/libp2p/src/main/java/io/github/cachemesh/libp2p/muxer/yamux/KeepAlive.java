package io.github.cachemesh.libp2p.muxer.yamux;

import java.time.Duration;

/**
 * Decides when to ping and when the peer counts as gone: when a ping is not answered in time and
 * nothing else was heard meanwhile. At most one ping is out. Measures the round trip by the way.
 * Used by one event loop; {@link #roundTripNanos} may be read from anywhere.
 */
final class KeepAlive {
  /** What to do at a beat. */
  sealed interface Beat {
    /** Send a ping with that value, and beat again after a while. */
    record Ping(int value, Duration next) implements Beat {}

    record Wait(Duration next) implements Beat {}

    /** The peer is gone. */
    record Dead() implements Beat {}
  }

  private final Duration interval;
  private final Duration timeout;
  private int lastPing;
  private boolean waiting;
  private boolean checking;
  private boolean heard;
  private long sentNanos;
  private volatile long roundTripNanos;

  KeepAlive(Duration interval, Duration timeout) {
    this.interval = interval;
    this.timeout = timeout;
  }

  /** Something of the peer came. */
  void heard() {
    heard = true;
  }

  /** The timer rang: first an interval after the start, then as the answer says. */
  Beat beat(long nowNanos) {
    if (waiting && !heard) {
      return new Beat.Dead();
    }
    if (waiting) {
      heard = false;
      checking = true;
      return new Beat.Wait(timeout);
    }
    if (checking) {
      checking = false;
      return new Beat.Wait(interval);
    }
    checking = true;
    return new Beat.Ping(ping(nowNanos), timeout);
  }

  /** Whether a ping should be sent now, outside the beat, to learn the round trip. */
  boolean isMeasurementDue() {
    return roundTripNanos == 0 && !waiting;
  }

  /** A ping leaves. */
  int ping(long nowNanos) {
    waiting = true;
    heard = false;
    sentNanos = nowNanos;
    return ++lastPing;
  }

  /** An answer; those to no ping of ours are ignored. */
  void pong(int value, long nowNanos) {
    if (!waiting || value != lastPing) {
      return;
    }
    waiting = false;
    long measured = Math.max(1, nowNanos - sentNanos);
    long smoothed = roundTripNanos == 0 ? measured : (roundTripNanos + measured) / 2;
    roundTripNanos = Math.max(1, smoothed);
  }

  /** 0 until it is measured. */
  long roundTripNanos() {
    return roundTripNanos;
  }

  Duration interval() {
    return interval;
  }
}
