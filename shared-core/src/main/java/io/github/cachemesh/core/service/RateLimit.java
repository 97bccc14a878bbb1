package io.github.cachemesh.core.service;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A bucket for each key, which a request takes one drop of and time fills again. At most {@value
 * #MAX_KEYS} buckets are kept; then the one that was used longest ago is forgotten, and so full
 * again. Thread-safe.
 */
final class RateLimit {
  static final int MAX_KEYS = 10_000;

  private final int perMinute;
  private final LongSupplier nanoTime;
  private final Map<String, Bucket> buckets =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
          return size() > MAX_KEYS;
        }
      };

  private record Bucket(double drops, long atNanos) {}

  /**
   * @param perMinute how many drops a bucket holds, and how many it gets in a minute
   */
  RateLimit(int perMinute, LongSupplier nanoTime) {
    this.perMinute = perMinute;
    this.nanoTime = nanoTime;
  }

  /** Takes a drop of that key's bucket, if there is one. */
  synchronized boolean take(String key) {
    long now = nanoTime.getAsLong();
    Bucket known = buckets.get(key);
    double drops = perMinute;
    if (known != null) {
      double minutes = (double) (now - known.atNanos) / Duration.ofMinutes(1).toNanos();
      drops = Math.min(perMinute, known.drops + minutes * perMinute);
    }
    boolean taken = drops >= 1;
    buckets.put(key, new Bucket(taken ? drops - 1 : drops, now));
    return taken;
  }
}
