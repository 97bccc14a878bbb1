package io.github.cachemesh.libp2p.host;

import io.github.cachemesh.libp2p.identity.Envelope;
import io.github.cachemesh.libp2p.identity.PeerId;
import io.github.cachemesh.libp2p.identity.PeerRecord;
import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where peers may be reached: plain addresses, which anybody may have told, and certified ones from
 * the peer's own signed record. Each lives for its time, at least as long as its peer is connected
 * and {@link #AFTER_CONNECTION} more. Bounded by {@link AddressBookLimits}. Thread-safe; does not
 * block.
 */
public final class AddressBook {
  /** For addresses that are to be tried now. */
  public static final Duration FOR_A_DIAL = Duration.ofMinutes(2);

  /** For addresses of a peer that was connected a moment ago. */
  public static final Duration AFTER_CONNECTION = Duration.ofMinutes(15);

  /** For what others tell of a peer, and for signed records. */
  public static final Duration HEARD_OF = Duration.ofHours(1);

  /** For addresses from a configuration. */
  public static final Duration FOREVER = Duration.ofDays(365_000);

  private final AddressBookLimits limits;
  private final InstantSource clock;
  private final Map<PeerId, KnownPeer> connected = new HashMap<>(2);
  private final Map<PeerId, KnownPeer> others = new LinkedHashMap<>(2);

  /**
   * @param clock by which addresses expire
   */
  public AddressBook(AddressBookLimits limits, InstantSource clock) {
    this.limits = limits;
    this.clock = clock;
  }

  /**
   * Addresses that are known live at least that long from now.
   *
   * @param addresses peer ids at their end are left out
   * @param life above 0, at most {@link #FOREVER}
   */
  public synchronized void add(PeerId peer, Collection<Multiaddr> addresses, Duration life) {
    if (addresses.isEmpty()) {
      return;
    }
    KnownPeer known = known(peer);
    Instant expires = clock.instant().plus(life);
    for (Multiaddr address : addresses) {
      known.add(address.withoutPeer(), false, expires);
    }
  }

  /**
   * Takes a peer's own word: the addresses of its earlier records that are not in this one go.
   *
   * @param envelope whose signature is checked already
   * @return whether the record is newer than what was known
   * @throws IllegalArgumentException if it holds no record, or one of another peer than its signer
   */
  public boolean certify(Envelope envelope, Duration life) {
    PeerRecord record = PeerRecord.of(envelope);
    synchronized (this) {
      return known(record.peer()).certify(record, envelope.encoded(), clock.instant().plus(life));
    }
  }

  /** The certified ones first, without peer ids. */
  public synchronized List<Multiaddr> addresses(PeerId peer) {
    KnownPeer known = current(peer);
    return known == null ? List.of() : known.addresses();
  }

  /** The peer's newest signed record, as long as an address of it lives. */
  public synchronized Optional<byte[]> envelope(PeerId peer) {
    KnownPeer known = current(peer);
    return known == null ? Optional.empty() : Optional.ofNullable(known.envelope());
  }

  /** A snapshot; some may have only addresses that have expired. */
  public synchronized Set<PeerId> peers() {
    Set<PeerId> peers = new HashSet<>(connected.keySet());
    peers.addAll(others.keySet());
    return peers;
  }

  /** Forgets what is known of it. */
  public synchronized void remove(PeerId peer) {
    others.remove(peer);
    connected.computeIfPresent(peer, (_, _) -> new KnownPeer(limits.addressesPerPeer()));
  }

  synchronized void connected(PeerId peer) {
    KnownPeer known = current(peer);
    others.remove(peer);
    connected.putIfAbsent(peer, known == null ? new KnownPeer(limits.addressesPerPeer()) : known);
  }

  synchronized void disconnected(PeerId peer) {
    KnownPeer known = connected.remove(peer);
    if (known != null && !known.isEmpty()) {
      known.extend(clock.instant().plus(AFTER_CONNECTION));
      others.put(peer, known);
      forgetEldest();
    }
  }

  private KnownPeer known(PeerId peer) {
    KnownPeer known = connected.get(peer);
    if (known != null) {
      return known;
    }
    known = others.remove(peer);
    if (known == null) {
      known = new KnownPeer(limits.addressesPerPeer());
    } else {
      known.expire(clock.instant());
    }
    others.put(peer, known);
    forgetEldest();
    return known;
  }

  private @Nullable KnownPeer current(PeerId peer) {
    KnownPeer known = connected.get(peer);
    if (known != null) {
      return known;
    }
    known = others.get(peer);
    if (known != null) {
      known.expire(clock.instant());
      if (known.isEmpty()) {
        others.remove(peer);
        return null;
      }
    }
    return known;
  }

  private void forgetEldest() {
    if (others.size() > limits.peers()) {
      others.remove(others.keySet().iterator().next());
    }
  }
}
