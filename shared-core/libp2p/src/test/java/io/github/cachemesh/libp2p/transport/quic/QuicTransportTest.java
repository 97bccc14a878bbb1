package io.github.cachemesh.libp2p.transport.quic;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.libp2p.core.BufferLeaks;
import io.github.cachemesh.libp2p.core.Listener;
import io.github.cachemesh.libp2p.core.MemoryBudget;
import io.github.cachemesh.libp2p.core.MuxedConnection;
import io.github.cachemesh.libp2p.core.Transport;
import io.github.cachemesh.libp2p.core.TransportContract;
import io.github.cachemesh.libp2p.identity.PrivateKey;
import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import io.github.cachemesh.libp2p.transport.Reactor;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(BufferLeaks.class)
class QuicTransportTest extends TransportContract {
  private static Reactor reactor;
  private DatagramSocket silent;

  @BeforeAll
  static void startReactor() {
    reactor = Reactor.start(2);
  }

  @AfterAll
  static void closeReactor() {
    assertThat(reactor.close()).succeedsWithin(10, SECONDS);
  }

  @BeforeEach
  void bindSilentSocket() throws IOException {
    silent = new DatagramSocket(0, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void closeSilentSocket() {
    silent.close();
  }

  @Override
  protected Transport transport(PrivateKey identity, Duration handshakeTime) {
    return new QuicTransport(
        reactor,
        identity,
        QuicSettings.defaults().withHandshakeTimeout(handshakeTime),
        MemoryBudget.unbounded(),
        InstantSource.system(),
        new SecureRandom());
  }

  @Override
  protected Multiaddr anyPort() {
    return Multiaddr.parse("/ip4/127.0.0.1/udp/0/quic-v1");
  }

  @Override
  protected Multiaddr nobody() throws IOException {
    try (DatagramSocket free = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      return Multiaddr.quic((InetSocketAddress) free.getLocalSocketAddress());
    }
  }

  @Override
  protected Multiaddr silent() {
    return Multiaddr.quic((InetSocketAddress) silent.getLocalSocketAddress());
  }

  @Test
  void dialsLeaveFromThePortThatIsListenedOn() throws Exception {
    Host first = host();
    Host second = host();
    Multiaddr firstAddress = first.listen(anyPort()).address();
    Multiaddr secondAddress = second.listen(anyPort()).address();
    Pair there = connect(first, second, secondAddress);
    Pair back = connect(second, first, firstAddress);
    assertThat(there.listener().remoteAddress()).isEqualTo(firstAddress);
    assertThat(back.listener().remoteAddress()).isEqualTo(secondAddress);
    // Both use both sockets, in opposite roles.
    exchange(there);
    exchange(back);
  }

  @Test
  void dialsWithoutListenerShareASocket() throws Exception {
    Host dialer = host();
    Host first = host();
    Host second = host();
    Pair one = connect(dialer, first, first.listen(anyPort()).address());
    Pair other = connect(dialer, second, second.listen(anyPort()).address());
    assertThat(one.dialer().localAddress()).isEqualTo(other.dialer().localAddress());
    exchange(one);
    exchange(other);
  }

  @Test
  void connectionsOfADialedPeerOutliveTheTransport() throws Exception {
    Host dialer = host();
    Host listener = host();
    Pair pair = connect(dialer, listener, listener.listen(anyPort()).address());
    assertThat(dialer.transport().close()).succeedsWithin(10, SECONDS);
    assertThat(listener.transport().close()).succeedsWithin(10, SECONDS);
    exchange(pair);
  }

  @Test
  void onePortServesBothFamilies() throws Exception {
    Host listener = host();
    Listener ip6 = listener.listen(Multiaddr.parse("/ip6/::/udp/0/quic-v1"));
    int port = ip6.address().udpAddress().orElseThrow().getPort();
    listener.listen(Multiaddr.parse("/ip4/0.0.0.0/udp/" + port + "/quic-v1"));
    for (String ip : new String[] {"/ip6/::1", "/ip4/127.0.0.1"}) {
      Multiaddr address = Multiaddr.parse(ip + "/udp/" + port + "/quic-v1");
      Pair pair = connect(host(), listener, address);
      assertThat(pair.dialer().remoteAddress()).isEqualTo(address);
      assertThat(pair.listener().localAddress()).isEqualTo(address);
      exchange(pair);
    }
  }

  private static void exchange(Pair pair) throws Exception {
    try (var stream = pair.dialer().open()) {
      Streams.send(stream, "hello");
      assertThat(Streams.receive(pair.atListener().poll(10, SECONDS), 5)).isEqualTo("hello");
    }
    close(pair.dialer());
  }

  private static void close(MuxedConnection connection) {
    connection.close();
    assertThat(connection.closed().toCompletableFuture()).succeedsWithin(10, SECONDS);
  }
}
