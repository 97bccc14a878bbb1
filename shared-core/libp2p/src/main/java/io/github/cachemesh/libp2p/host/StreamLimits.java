package io.github.cachemesh.libp2p.host;

/**
 * Bounds on streams, each above 0. An inbound stream over a bound is reset.
 *
 * @param all in both directions, by default {@value #ALL}
 * @param inbound by default {@value #INBOUND}
 * @param outbound by default {@value #OUTBOUND}
 * @param inboundPerPeer by default {@value #INBOUND_PER_PEER}
 * @param outboundPerPeer by default {@value #OUTBOUND_PER_PEER}
 * @param perProtocol in both directions, by default {@value #PER_PROTOCOL}
 * @param negotiations inbound ones whose protocol is not known yet, by default {@value
 *     #NEGOTIATIONS}
 */
public record StreamLimits(
    int all,
    int inbound,
    int outbound,
    int inboundPerPeer,
    int outboundPerPeer,
    int perProtocol,
    int negotiations) {
  static final int ALL = 8192;
  static final int INBOUND = 4096;
  static final int OUTBOUND = 6144;
  static final int INBOUND_PER_PEER = 512;
  static final int OUTBOUND_PER_PEER = 1024;
  static final int PER_PROTOCOL = 4096;
  static final int NEGOTIATIONS = 1024;

  public static final StreamLimits DEFAULTS =
      new StreamLimits(
          ALL, INBOUND, OUTBOUND, INBOUND_PER_PEER, OUTBOUND_PER_PEER, PER_PROTOCOL, NEGOTIATIONS);

  /**
   * @throws IllegalArgumentException if one is not above 0
   */
  public StreamLimits {
    Bounds.positive("all", all);
    Bounds.positive("inbound", inbound);
    Bounds.positive("outbound", outbound);
    Bounds.positive("inboundPerPeer", inboundPerPeer);
    Bounds.positive("outboundPerPeer", outboundPerPeer);
    Bounds.positive("perProtocol", perProtocol);
    Bounds.positive("negotiations", negotiations);
  }
}
