package io.github.cachemesh.core.proxy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Hosts that a {@code Location} relayed on one listener has named: clients follow it through the
 * same socket. Each may be forwarded to for five minutes; the latest 256 are kept. Thread-safe.
 */
final class RelayedHosts {
  static final Duration ALLOWED_FOR = Duration.ofMinutes(5);
  static final int MAX_HOSTS = 256;

  private final Clock clock;
  private final Map<String, Instant> expiries =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
          return size() > MAX_HOSTS;
        }
      };

  RelayedHosts(Clock clock) {
    this.clock = clock;
  }

  synchronized void allow(String authority) {
    expiries.remove(authority);
    expiries.put(authority, clock.instant().plus(ALLOWED_FOR));
  }

  synchronized boolean allows(String authority) {
    Instant expiry = expiries.get(authority);
    return expiry != null && clock.instant().isBefore(expiry);
  }
}
