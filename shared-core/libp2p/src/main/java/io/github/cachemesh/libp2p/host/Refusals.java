package io.github.cachemesh.libp2p.host;

import io.github.cachemesh.libp2p.core.LimitExceededException;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;

/** How often each limit refused something. Thread-safe. */
final class Refusals {
  private static final Limit[] LIMITS = Limit.values();

  private final AtomicLongArray counts = new AtomicLongArray(LIMITS.length);

  void count(Limit limit) {
    counts.incrementAndGet(limit.ordinal());
  }

  /** Counts it, and says it. */
  LimitExceededException refused(Limit limit, long bound) {
    count(limit);
    return new LimitExceededException("there are " + bound + " " + limit.what() + ", the limit");
  }

  Map<Limit, Long> snapshot() {
    Map<Limit, Long> snapshot = new EnumMap<>(Limit.class);
    for (Limit limit : LIMITS) {
      snapshot.put(limit, counts.get(limit.ordinal()));
    }
    return snapshot;
  }
}
