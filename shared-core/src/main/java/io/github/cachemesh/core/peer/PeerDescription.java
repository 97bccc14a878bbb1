package io.github.cachemesh.core.peer;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a peer says of itself. Only the id is proven.
 *
 * @param agent its software
 * @param protocolVersion of its network
 * @param observedAddress where it sees this host
 * @param addresses where it says that it listens, sorted
 * @param protocols that it answers, sorted
 * @param signedRecord whether it signed its addresses
 */
public record PeerDescription(
    String id,
    @Nullable String agent,
    @Nullable String protocolVersion,
    @Nullable String observedAddress,
    List<String> addresses,
    List<String> protocols,
    boolean signedRecord) {
  public PeerDescription {
    addresses = List.copyOf(addresses);
    protocols = List.copyOf(protocols);
  }
}
