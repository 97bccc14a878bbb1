package io.github.cachemesh.libp2p.host;

/** What a host bounds; refusals are counted by it. */
public enum Limit {
  CONNECTIONS("connections"),
  INBOUND_CONNECTIONS("inbound connections"),
  OUTBOUND_CONNECTIONS("outbound connections"),
  PEER_CONNECTIONS("connections with a peer"),
  SUBNET_CONNECTIONS("inbound connections from a subnet"),
  INBOUND_HANDSHAKES("inbound handshakes"),
  DIALED_PEERS("peers being dialed"),
  STREAMS("streams"),
  INBOUND_STREAMS("inbound streams"),
  OUTBOUND_STREAMS("outbound streams"),
  INBOUND_PEER_STREAMS("inbound streams of a peer"),
  OUTBOUND_PEER_STREAMS("outbound streams to a peer"),
  PROTOCOL_STREAMS("streams of a protocol"),
  STREAM_NEGOTIATIONS("inbound streams without a protocol"),
  MEMORY("bytes of memory");

  private final String what;

  Limit(String what) {
    this.what = what;
  }

  /** What is counted, in words. */
  public String what() {
    return what;
  }
}
