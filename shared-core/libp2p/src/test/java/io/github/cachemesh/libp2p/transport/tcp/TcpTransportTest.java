package io.github.cachemesh.libp2p.transport.tcp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.libp2p.core.DeadlineExceededException;
import io.github.cachemesh.libp2p.core.Listener;
import io.github.cachemesh.libp2p.core.MemoryBudget;
import io.github.cachemesh.libp2p.core.Transport;
import io.github.cachemesh.libp2p.core.TransportContract;
import io.github.cachemesh.libp2p.identity.PrivateKey;
import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import io.github.cachemesh.libp2p.multiformats.MultiaddrProtocol;
import io.github.cachemesh.libp2p.muxer.yamux.Yamux;
import io.github.cachemesh.libp2p.muxer.yamux.YamuxSettings;
import io.github.cachemesh.libp2p.negotiation.Upgrader;
import io.github.cachemesh.libp2p.security.noise.NoiseChannel;
import io.github.cachemesh.libp2p.transport.Reactor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TcpTransportTest extends TransportContract {
  private static final byte[] DIALERS_FIRST_BYTES =
      "\u0013/multistream/1.0.0\n\u0007/noise\n".getBytes(UTF_8);

  private static Reactor reactor;

  private final List<AutoCloseable> opened = new ArrayList<>();
  private TcpSettings settings = TcpSettings.defaults();

  @BeforeAll
  static void start() {
    reactor = Reactor.start(2);
  }

  @AfterAll
  static void end() {
    reactor.close().join();
  }

  @AfterEach
  void closeSockets() throws Exception {
    for (AutoCloseable each : opened) {
      each.close();
    }
  }

  static Transport transport(
      Reactor reactor, PrivateKey identity, Duration handshakeTime, TcpSettings settings) {
    Yamux yamux = new Yamux(YamuxSettings.defaults(), MemoryBudget.unbounded());
    NoiseChannel noise = new NoiseChannel(identity, List.of(yamux.protocol()));
    return new TcpTransport(
        reactor, new Upgrader(List.of(noise), List.of(yamux), handshakeTime), settings);
  }

  @Override
  protected Transport transport(PrivateKey identity, Duration handshakeTime) {
    return transport(reactor, identity, handshakeTime, settings);
  }

  @Override
  protected Multiaddr anyPort() {
    return Multiaddr.parse("/ip4/127.0.0.1/tcp/0");
  }

  @Override
  protected Multiaddr nobody() throws Exception {
    try (ServerSocket socket = serverSocket(1)) {
      return address(socket);
    }
  }

  @Override
  protected Multiaddr silent() throws Exception {
    return address(opened(serverSocket(10)));
  }

  private static ServerSocket serverSocket(int backlog) throws IOException {
    ServerSocket socket = new ServerSocket(0, backlog, InetAddress.getLoopbackAddress());
    socket.setSoTimeout(10_000);
    return socket;
  }

  private static Multiaddr address(ServerSocket socket) {
    return Multiaddr.tcp((InetSocketAddress) socket.getLocalSocketAddress());
  }

  private <T extends AutoCloseable> T opened(T socket) {
    opened.add(socket);
    return socket;
  }

  private Socket socketTo(Multiaddr address) throws IOException {
    InetSocketAddress endpoint = address.tcpAddress().orElseThrow();
    Socket socket = opened(new Socket(endpoint.getAddress(), endpoint.getPort()));
    socket.setSoTimeout(10_000);
    return socket;
  }

  private static int port(Multiaddr address) {
    return Integer.parseInt(address.first(MultiaddrProtocol.TCP).orElseThrow());
  }

  @Test
  void dialLeavesFromTheListenPort() throws Exception {
    Host from = host();
    Host to = host();
    int port = port(from.listen(anyPort()).address());
    Pair pair = connect(from, to, to.listen(anyPort()).address());
    assertThat(port(pair.listener().remoteAddress())).isEqualTo(port);
    pair.dialer().close();
  }

  @Test
  void dialLeavesFromThePortOfAnUnspecifiedAddress() throws Exception {
    Host from = host();
    Host to = host();
    for (String ip : List.of("/ip4/0.0.0.0", "/ip6/::")) {
      int port = port(from.listen(Multiaddr.parse(ip + "/tcp/0")).address());
      Multiaddr loopback =
          Multiaddr.parse(ip.equals("/ip6/::") ? "/ip6/::1/tcp/0" : "/ip4/127.0.0.1/tcp/0");
      Pair pair = connect(from, to, to.listen(loopback).address());
      assertThat(port(pair.listener().remoteAddress())).isEqualTo(port);
      pair.dialer().close();
    }
  }

  @Test
  void dialLeavesFromAnotherPortWhenTheListenPortIsConnectedAlready() throws Exception {
    Host from = host();
    Host to = host();
    int port = port(from.listen(anyPort()).address());
    Multiaddr address = to.listen(anyPort()).address();
    Pair first = connect(from, to, address);
    Pair second = connect(from, to, address);
    assertThat(port(second.listener().remoteAddress())).isNotEqualTo(port);
    first.dialer().close();
    second.dialer().close();
  }

  @Test
  void portIsNotReusedWhenItMayNot() throws Exception {
    settings = TcpSettings.defaults().withPortReuse(false);
    Host from = host();
    Host to = host();
    int port = port(from.listen(anyPort()).address());
    Pair pair = connect(from, to, to.listen(anyPort()).address());
    assertThat(port(pair.listener().remoteAddress())).isNotEqualTo(port);
    pair.dialer().close();
  }

  @Test
  void dialOfTheOwnAddressDoesNotConnectASocketToItself() throws Exception {
    Host host = host();
    Pair pair = connect(host, host, host.listen(anyPort()).address());
    assertThat(pair.dialer().remote().id()).isEqualTo(host.id());
    assertThat(pair.dialer().localAddress()).isNotEqualTo(pair.dialer().remoteAddress());
    pair.dialer().close();
  }

  @Test
  void dialsThatCrossAreTriedAgainFromAnotherPort() throws Exception {
    Host host = host();
    host.listen(anyPort());
    ServerSocket peer = opened(serverSocket(10));
    CompletableFuture<?> dial = host.transport().dial(address(peer), null);
    int firstPort;
    try (Socket first = peer.accept()) {
      firstPort = first.getPort();
      // The peer believes that it is the dialer, too: its first message of Noise comes.
      first.getOutputStream().write(DIALERS_FIRST_BYTES);
      first.getOutputStream().write(new byte[] {0, 32});
      first.getOutputStream().write(new byte[32]);
      first.setSoTimeout(10_000);
      first.getInputStream().readAllBytes();
    }
    try (Socket second = peer.accept()) {
      assertThat(second.getPort()).isNotEqualTo(firstPort);
      assertThat(dial).isNotDone();
    }
    assertThat(dial).failsWithin(10, SECONDS);
  }

  @Test
  void bothVersionsCanHaveTheSamePort() throws Exception {
    Host to = host();
    Listener ip4 = to.listen(Multiaddr.parse("/ip4/0.0.0.0/tcp/0"));
    int port = port(ip4.address());
    to.listen(Multiaddr.parse("/ip6/::/tcp/" + port));
    Host from = host();
    for (String ip : List.of("/ip4/127.0.0.1", "/ip6/::1")) {
      Pair pair = connect(from, to, Multiaddr.parse(ip + "/tcp/" + port));
      assertThat(pair.listener().localAddress()).hasToString(ip + "/tcp/" + port);
      assertThat(pair.listener().remoteAddress().toString()).startsWith(ip + "/tcp/");
      pair.dialer().close();
    }
  }

  @Test
  void unspecifiedAddressIsNotDialed() {
    Transport transport = host().transport();
    assertThat(transport.dials(Multiaddr.parse("/ip4/0.0.0.0/tcp/1"))).isFalse();
    assertThat(transport.dials(Multiaddr.parse("/ip4/127.0.0.1/tcp/0"))).isFalse();
  }

  @Test
  void stalledInboundHandshakeIsClosed() throws Exception {
    Host host = host(Duration.ofMillis(100));
    Socket socket = socketTo(host.listen(anyPort()).address());
    assertThat(socket.getInputStream().read()).isEqualTo(-1);
    assertFailure(host.nextIncoming(), DeadlineExceededException.class);
  }

  @Test
  void pendingInboundHandshakesAreBounded() throws Exception {
    settings = TcpSettings.defaults().withMaxPendingInbound(1);
    Host host = host();
    Multiaddr address = host.listen(anyPort()).address();
    socketTo(address);
    CompletableFuture<?> first = host.nextIncoming();
    assertThat(socketTo(address).getInputStream().read()).isEqualTo(-1);
    assertThat(first).isNotDone();
  }

  @Test
  void connectingIsBoundedInTime() throws Exception {
    settings = TcpSettings.defaults().withConnectTimeout(Duration.ofMillis(100));
    ServerSocket full = opened(serverSocket(1));
    for (int i = 0; i < 4; i++) {
      SocketChannel filler = opened(SocketChannel.open());
      filler.configureBlocking(false);
      filler.connect(full.getLocalSocketAddress());
    }
    CompletableFuture<?> dial = host().transport().dial(address(full), null);
    assertFailure(dial, DeadlineExceededException.class);
    assertThat(dial.exceptionNow()).hasMessageContaining("PT0.1S");
  }

  @Test
  void cancelledDialClosesItsSocket() throws Exception {
    ServerSocket peer = opened(serverSocket(10));
    CompletableFuture<?> dial = host().transport().dial(address(peer), null);
    Socket accepted = opened(peer.accept());
    dial.cancel(false);
    accepted.setSoTimeout(10_000);
    accepted.getInputStream().readAllBytes();
  }

  @Test
  void anotherProtocolIsClosed() throws Exception {
    Host host = host();
    Socket socket = socketTo(host.listen(anyPort()).address());
    socket.getOutputStream().write("GET / HTTP/1.1\r\n".repeat(9).getBytes(UTF_8));
    assertThat(socket.getInputStream().read()).isEqualTo(-1);
    assertThat(host.nextIncoming()).failsWithin(10, SECONDS);
  }
}
