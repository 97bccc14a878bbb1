package io.github.cachemesh.libp2p.host;

import io.github.cachemesh.libp2p.identity.Envelope;
import io.github.cachemesh.libp2p.identity.PeerRecord;
import io.github.cachemesh.libp2p.identity.PrivateKey;
import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A host's own signed addresses, with a sequence number that grows with each change, over restarts
 * too: it is the time in milliseconds. Thread-safe.
 */
final class SelfRecord {
  private final PrivateKey key;
  private final InstantSource clock;
  private List<Multiaddr> addresses = List.of();
  private long sequence;
  private @Nullable Envelope envelope;

  SelfRecord(PrivateKey key, InstantSource clock) {
    this.key = key;
    this.clock = clock;
  }

  /** Signs only when the addresses are others than before. */
  synchronized Envelope of(List<Multiaddr> current) {
    if (envelope == null || !current.equals(addresses)) {
      sequence = Math.max(clock.millis(), sequence + 1);
      envelope = new PeerRecord(key.peerId(), sequence, current).seal(key);
      addresses = current;
    }
    return envelope;
  }
}
