package io.github.cachemesh.libp2p.transport.tcp;

import io.github.cachemesh.libp2p.core.MemoryBudget;
import io.github.cachemesh.libp2p.core.PlainChannel;
import io.github.cachemesh.libp2p.core.Transport;
import io.github.cachemesh.libp2p.core.TransportContract;
import io.github.cachemesh.libp2p.identity.PrivateKey;
import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import io.github.cachemesh.libp2p.muxer.yamux.Yamux;
import io.github.cachemesh.libp2p.muxer.yamux.YamuxSettings;
import io.github.cachemesh.libp2p.negotiation.Upgrader;
import io.github.cachemesh.libp2p.transport.Reactor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

class TcpTransportTest extends TransportContract {
  private static Reactor reactor;

  private ServerSocket silent;

  @BeforeAll
  static void start() {
    reactor = Reactor.start(2);
  }

  @AfterAll
  static void end() {
    reactor.close().join();
  }

  @AfterEach
  void closeSilent() throws Exception {
    if (silent != null) {
      silent.close();
    }
  }

  static Upgrader upgrader(PrivateKey identity, Duration handshakeTime) {
    Yamux yamux = new Yamux(YamuxSettings.defaults(), MemoryBudget.unbounded());
    return new Upgrader(List.of(new PlainChannel(identity)), List.of(yamux), handshakeTime);
  }

  @Override
  protected Transport transport(PrivateKey identity, Duration handshakeTime) {
    return new TcpTransport(reactor, upgrader(identity, handshakeTime), TcpSettings.defaults());
  }

  @Override
  protected Multiaddr anyPort() {
    return Multiaddr.parse("/ip4/127.0.0.1/tcp/0");
  }

  @Override
  protected Multiaddr nobody() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return Multiaddr.tcp((InetSocketAddress) socket.getLocalSocketAddress());
    }
  }

  @Override
  protected Multiaddr silent() throws Exception {
    silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    return Multiaddr.tcp((InetSocketAddress) silent.getLocalSocketAddress());
  }
}
