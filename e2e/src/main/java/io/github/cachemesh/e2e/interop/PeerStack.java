package io.github.cachemesh.e2e.interop;

import io.github.cachemesh.libp2p.Libp2p;
import io.github.cachemesh.libp2p.Libp2pBuilder.SecurityKind;
import io.github.cachemesh.libp2p.Libp2pBuilder.TransportKind;
import io.github.cachemesh.libp2p.identity.KeyType;
import io.github.cachemesh.libp2p.identity.PrivateKey;
import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import java.util.List;
import java.util.Set;

/**
 * One way to speak libp2p: a peer of it offers nothing else.
 *
 * @param transport {@code tcp} or {@code quic-v1}
 * @param security {@code noise} or {@code tls}; ignored for QUIC
 * @param muxer {@code yamux}; ignored for QUIC
 */
record PeerStack(String transport, String security, String muxer) {
  /**
   * @throws IllegalArgumentException if there is no such way
   */
  Libp2p peer() {
    return Libp2p.builder(PrivateKey.generate(KeyType.ED25519))
        .named("cachemesh/interop/1.0.0", "cachemesh")
        .transports(Set.of(transportKind()))
        .security(transportKind() == TransportKind.TCP ? List.of(securityKind()) : List.of())
        .answeringPerf()
        .build();
  }

  Multiaddr listenAddress(String ip) {
    return Multiaddr.parse(
        "/ip4/" + ip + (transportKind() == TransportKind.TCP ? "/tcp/0" : "/udp/0/quic-v1"));
  }

  private TransportKind transportKind() {
    return switch (transport) {
      case "tcp" -> TransportKind.TCP;
      case "quic-v1" -> TransportKind.QUIC;
      default -> throw new IllegalArgumentException("there is no transport " + transport);
    };
  }

  private SecurityKind securityKind() {
    if (!muxer.equals("yamux")) {
      throw new IllegalArgumentException("there is no muxer " + muxer);
    }
    return switch (security) {
      case "noise" -> SecurityKind.NOISE;
      case "tls" -> SecurityKind.TLS;
      default -> throw new IllegalArgumentException("there is no secure channel " + security);
    };
  }
}
