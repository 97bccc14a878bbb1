package io.github.cachemesh.core.stats;

import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * How a node reaches peers and is reached, in the original's shape.
 *
 * @param discoveredPeers peers known, connected or not
 * @param relayPeers peers that relay for this node
 * @param reachability {@code public}, {@code private} or {@code unknown}
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Connectivity(
    int discoveredPeers,
    int relayPeers,
    String reachability,
    Transports transports,
    Discovery discovery,
    NatTraversal natTraversal) {
  /** A node without peers. */
  public static final Connectivity NONE =
      new Connectivity(
          0,
          0,
          "unknown",
          new Transports(false, false, false),
          new Discovery(false, false, false),
          new NatTraversal(false, false));

  /** Transports that are listening. */
  public record Transports(boolean tcp, boolean quic, boolean webrtc) {}

  /** Ways of discovery that are at work. */
  public record Discovery(boolean mdns, boolean dht, boolean relay) {}

  /** Ways through address translation that are at work. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record NatTraversal(boolean autonat, boolean holePunching) {}
}
