package io.github.cachemesh.libp2p.host;

import io.github.cachemesh.libp2p.identity.PeerId;
import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An address of a peer that failed is left alone for a while, which grows with each failure: first
 * the base, then one second more times the square of the failures before, up to the maximum. It is
 * forgotten on success, and when it has not failed again for the maximum after its time. Knows at
 * most {@value #MAX_ADDRESSES} addresses and forgets the oldest. Thread-safe.
 */
final class BackOff {
  static final int MAX_ADDRESSES = 2048;

  private record Key(@Nullable PeerId peer, Multiaddr address) {}

  private record Entry(int failures, Instant until) {}

  private final Duration base;
  private final Duration max;
  private final Map<Key, Entry> entries = new LinkedHashMap<>(2);

  BackOff(Duration base, Duration max) {
    this.base = base;
    this.max = max;
  }

  /** How much longer it is left alone; empty if it may be tried. */
  synchronized Optional<Duration> remaining(@Nullable PeerId peer, Multiaddr address, Instant now) {
    Entry entry = entries.get(new Key(peer, address));
    return entry != null && entry.until.isAfter(now)
        ? Optional.of(Duration.between(now, entry.until))
        : Optional.empty();
  }

  synchronized void failed(@Nullable PeerId peer, Multiaddr address, Instant now) {
    Key key = new Key(peer, address);
    Entry before = entries.remove(key);
    int failures = before == null || before.until.plus(max).isBefore(now) ? 0 : before.failures;
    entries.put(key, new Entry(failures + 1, now.plus(delay(failures))));
    if (entries.size() > MAX_ADDRESSES) {
      entries.remove(entries.keySet().iterator().next());
    }
  }

  synchronized void succeeded(@Nullable PeerId peer, Multiaddr address) {
    entries.remove(new Key(peer, address));
  }

  private Duration delay(long failuresBefore) {
    Duration delay = base.plusSeconds(failuresBefore * failuresBefore);
    return delay.compareTo(max) < 0 ? delay : max;
  }
}
