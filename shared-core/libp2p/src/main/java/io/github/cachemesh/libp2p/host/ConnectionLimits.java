package io.github.cachemesh.libp2p.host;

/**
 * Bounds on connections, each above 0. What is over a bound is refused at once: an inbound
 * connection before anything is spent on it, as far as that is known then.
 *
 * @param all in both directions, by default {@value #ALL}
 * @param inbound with handshakes, by default {@value #INBOUND}
 * @param outbound by default {@value #OUTBOUND}
 * @param perPeer by default {@value #PER_PEER}: two dials that crossed, and some more
 * @param perSubnet inbound ones from an IPv4 address or an IPv6 network of 56 bits, by default
 *     {@value #PER_SUBNET}; the loopback addresses are exempt, and addresses without an IP
 * @param handshakes inbound ones whose peer is not known yet, by default {@value #HANDSHAKES}
 * @param dials peers that are being dialed at a time, by default {@value #DIALS}
 */
public record ConnectionLimits(
    int all, int inbound, int outbound, int perPeer, int perSubnet, int handshakes, int dials) {
  static final int ALL = 1024;
  static final int INBOUND = 768;
  static final int OUTBOUND = 768;
  static final int PER_PEER = 8;
  static final int PER_SUBNET = 64;
  static final int HANDSHAKES = 128;
  static final int DIALS = 512;

  public static final ConnectionLimits DEFAULTS =
      new ConnectionLimits(ALL, INBOUND, OUTBOUND, PER_PEER, PER_SUBNET, HANDSHAKES, DIALS);

  /**
   * @throws IllegalArgumentException if one is not above 0
   */
  public ConnectionLimits {
    Bounds.positive("all", all);
    Bounds.positive("inbound", inbound);
    Bounds.positive("outbound", outbound);
    Bounds.positive("perPeer", perPeer);
    Bounds.positive("perSubnet", perSubnet);
    Bounds.positive("handshakes", handshakes);
    Bounds.positive("dials", dials);
  }

  /** Room for so many connections in either direction, the other bounds as they are. */
  public ConnectionLimits withConnections(int count) {
    return new ConnectionLimits(count, count, count, perPeer, perSubnet, handshakes, dials);
  }
}
