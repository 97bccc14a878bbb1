package io.github.cachemesh.libp2p.host;

import io.github.cachemesh.libp2p.identity.PeerRecord;
import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of one peer, each once, at most {@code max}; while the peer is connected none
 * expires. Not thread-safe.
 */
final class KnownPeer {
  private static final Comparator<Known> WORTH =
      Comparator.comparing(Known::certified).thenComparing(Known::expires);

  private record Known(Multiaddr address, boolean certified, Instant expires) {}

  private final int max;
  private final List<Known> known = new ArrayList<>(2);

  /** Holds the peer's newest record, of which only the number is kept besides. */
  private byte @Nullable [] envelope;

  private long sequence;

  KnownPeer(int max) {
    this.max = max;
  }

  /** Never shortens the life of an address, nor takes its certificate away. */
  void add(Multiaddr address, boolean certified, Instant expires) {
    Known added = new Known(address, certified, expires);
    for (int i = 0; i < known.size(); i++) {
      Known old = known.get(i);
      if (old.address.equals(address)) {
        known.set(
            i,
            new Known(
                address,
                old.certified || certified,
                old.expires.isAfter(expires) ? old.expires : expires));
        return;
      }
    }
    known.add(added);
    if (known.size() > max) {
      known.remove(known.stream().min(WORTH).orElseThrow());
    }
  }

  /** Whether it is newer than what there was, and so replaces what that certified. */
  boolean certify(PeerRecord newer, byte[] sealed, Instant expires) {
    if (envelope != null && !newer.isNewerThan(sequence)) {
      return false;
    }
    envelope = sealed;
    sequence = newer.sequence();
    known.removeIf(Known::certified);
    newer.addresses().forEach(address -> add(address.withoutPeer(), true, expires));
    return true;
  }

  void extend(Instant expires) {
    known.replaceAll(
        old -> old.expires.isAfter(expires) ? old : new Known(old.address, old.certified, expires));
  }

  void expire(Instant now) {
    known.removeIf(old -> !old.expires.isAfter(now));
    if (known.stream().noneMatch(Known::certified)) {
      envelope = null;
    }
  }

  boolean isEmpty() {
    return known.isEmpty();
  }

  /** The certified ones first, then those that live longest. */
  List<Multiaddr> addresses() {
    return known.stream().sorted(WORTH.reversed()).map(Known::address).toList();
  }

  byte @Nullable [] envelope() {
    return envelope;
  }
}
