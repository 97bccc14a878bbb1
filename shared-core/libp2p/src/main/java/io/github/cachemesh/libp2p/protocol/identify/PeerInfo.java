package io.github.cachemesh.libp2p.protocol.identify;

import io.github.cachemesh.libp2p.core.ProtocolId;
import io.github.cachemesh.libp2p.identity.PeerId;
import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a connected peer says of itself; nothing of it is proven but the peer id. At most 80 kB, as
 * its messages are. Immutable.
 *
 * @param addresses where it says that it listens, without peer id
 * @param protocols that it answers
 * @param observed where it sees this host; null when it does not say
 * @param protocolVersion of its network; null when it does not say
 * @param agent its software; null when it does not say. May hold any character
 */
public record PeerInfo(
    PeerId peer,
    List<Multiaddr> addresses,
    Set<ProtocolId> protocols,
    @Nullable Multiaddr observed,
    @Nullable String protocolVersion,
    @Nullable String agent) {
  public PeerInfo {
    addresses = List.copyOf(addresses);
    protocols = Set.copyOf(protocols);
  }

  static PeerInfo of(PeerId peer, IdentifyMessage message) {
    return new PeerInfo(peer, List.of(), Set.of(), null, null, null).updated(message);
  }

  /** What is missing in a later message has not changed. */
  PeerInfo updated(IdentifyMessage later) {
    return new PeerInfo(
        peer,
        later.addresses().isEmpty()
            ? addresses
            : later.addresses().stream().map(Multiaddr::withoutPeer).distinct().toList(),
        later.protocols().isEmpty() ? protocols : ids(later.protocols()),
        later.observed() == null ? observed : later.observed(),
        later.protocolVersion() == null ? protocolVersion : later.protocolVersion(),
        later.agent() == null ? agent : later.agent());
  }

  private static Set<ProtocolId> ids(List<String> names) {
    Set<ProtocolId> ids = new HashSet<>();
    for (String name : names) {
      if (ProtocolId.isValid(name)) {
        ids.add(new ProtocolId(name));
      }
    }
    return ids;
  }
}
