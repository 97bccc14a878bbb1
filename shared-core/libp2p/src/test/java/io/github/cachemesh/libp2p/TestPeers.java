package io.github.cachemesh.libp2p;

import io.github.cachemesh.libp2p.Libp2pBuilder.SecurityKind;
import io.github.cachemesh.libp2p.Libp2pBuilder.TransportKind;
import io.github.cachemesh.libp2p.core.ProtocolId;
import io.github.cachemesh.libp2p.core.Stream;
import io.github.cachemesh.libp2p.identity.KeyType;
import io.github.cachemesh.libp2p.identity.PrivateKey;
import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import io.github.cachemesh.libp2p.transport.Reactor;
import io.github.cachemesh.libp2p.transport.memory.MemoryNetwork;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Standard peers of one test, of one way to connect them; closed after it. */
final class TestPeers implements AutoCloseable {
  enum Way {
    TCP_NOISE,
    TCP_TLS,
    QUIC,
    MEMORY
  }

  static final ProtocolId ECHO = new ProtocolId("/echo/1");

  private final Way way;
  private final Reactor reactor = Reactor.start(2);
  private final MemoryNetwork network = new MemoryNetwork(reactor.group(), 1);
  private final List<Libp2p> peers = new ArrayList<>();

  TestPeers(Way way) {
    this.way = way;
  }

  /** One that echoes; listens nowhere. */
  Libp2p peer() {
    Libp2pBuilder builder =
        Libp2p.builder(PrivateKey.generate(KeyType.ED25519))
            .reactor(reactor)
            .transports(
                switch (way) {
                  case TCP_NOISE, TCP_TLS -> Set.of(TransportKind.TCP);
                  case QUIC -> Set.of(TransportKind.QUIC);
                  case MEMORY -> Set.of();
                })
            .security(List.of(way == Way.TCP_TLS ? SecurityKind.TLS : SecurityKind.NOISE));
    Libp2p peer = (way == Way.MEMORY ? builder.memory(network) : builder).build();
    peer.host().handle(ECHO, TestPeers::echo);
    peers.add(peer);
    return peer;
  }

  /** Makes it listen; the address ends with its id. */
  Multiaddr listen(Libp2p peer) throws IOException {
    Multiaddr any =
        Multiaddr.parse(
            switch (way) {
              case TCP_NOISE, TCP_TLS -> "/ip4/127.0.0.1/tcp/0";
              case QUIC -> "/ip4/127.0.0.1/udp/0/quic-v1";
              case MEMORY -> "/memory/0";
            });
    return peer.host().listen(any).withPeer(peer.host().id().multihash());
  }

  Reactor reactor() {
    return reactor;
  }

  MemoryNetwork network() {
    return network;
  }

  private static void echo(Stream stream) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(64 << 10);
    while (stream.read(buffer.clear()) >= 0) {
      stream.write(buffer.flip());
    }
  }

  @Override
  public void close() {
    peers.forEach(Libp2p::close);
    network.close();
    reactor.close().join();
  }
}
