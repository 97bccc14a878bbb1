package io.github.cachemesh.libp2p.host;

import io.github.cachemesh.libp2p.core.Connection;
import io.github.cachemesh.libp2p.core.ProtocolId;
import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import java.util.List;
import java.util.Set;

/** Something that happened to a host, in the order in which it did. Immutable. */
public sealed interface HostEvent {
  /** There is a new connection, maybe one of several with its peer. */
  record Connected(Connection connection) implements HostEvent {}

  /**
   * A connection is closed; its {@link Connection#closed} says why.
   *
   * @param last whether none is left with its peer
   */
  record Disconnected(Connection connection, boolean last) implements HostEvent {}

  /** The host listens on one more address. */
  record Listening(Multiaddr address) implements HostEvent {}

  /** These are the protocols that the host answers now. */
  record ProtocolsChanged(Set<ProtocolId> protocols) implements HostEvent {}

  /** These are the addresses at which the host can be reached now, as far as it knows. */
  record AddressesChanged(List<Multiaddr> addresses) implements HostEvent {}

  /**
   * The subscriber was too slow: here so many events are missing. What it wants to know it can ask
   * the host.
   */
  record Missed(long count) implements HostEvent {}
}
