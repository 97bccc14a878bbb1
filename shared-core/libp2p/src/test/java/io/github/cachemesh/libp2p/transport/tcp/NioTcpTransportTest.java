package io.github.cachemesh.libp2p.transport.tcp;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.github.cachemesh.libp2p.core.Listener;
import io.github.cachemesh.libp2p.core.Transport;
import io.github.cachemesh.libp2p.core.TransportContract;
import io.github.cachemesh.libp2p.identity.PrivateKey;
import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import io.github.cachemesh.libp2p.transport.Reactor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Where there is no epoll; over IPv6. */
class NioTcpTransportTest extends TransportContract {
  private static Reactor reactor;

  private ServerSocket silent;

  @BeforeAll
  static void start() {
    reactor = Reactor.startNio(2);
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

  @Override
  protected Transport transport(PrivateKey identity, Duration handshakeTime) {
    return TcpTransportTest.transport(reactor, identity, handshakeTime, TcpSettings.defaults());
  }

  @Override
  protected Multiaddr anyPort() {
    return Multiaddr.parse("/ip6/::1/tcp/0");
  }

  @Override
  protected Multiaddr nobody() throws Exception {
    try (ServerSocket socket = serverSocket()) {
      return Multiaddr.tcp((InetSocketAddress) socket.getLocalSocketAddress());
    }
  }

  @Override
  protected Multiaddr silent() throws Exception {
    silent = serverSocket();
    return Multiaddr.tcp((InetSocketAddress) silent.getLocalSocketAddress());
  }

  /** Java is late to give the port back, now and then. */
  @Test
  void addressOfAListenerThatClosedIsFreeAtOnceEachTime() throws Exception {
    Host host = host();
    for (int i = 0; i < 300; i++) {
      Listener first = host.listen(anyPort());
      first.close().get(10, SECONDS);
      Listener second = host.listen(first.address());
      second.close().get(10, SECONDS);
    }
  }

  private static ServerSocket serverSocket() throws Exception {
    return new ServerSocket(0, 10, InetAddress.getByName("::1"));
  }
}
