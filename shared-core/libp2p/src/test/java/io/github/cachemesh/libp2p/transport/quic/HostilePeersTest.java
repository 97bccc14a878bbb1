package io.github.cachemesh.libp2p.transport.quic;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.github.cachemesh.libp2p.core.BufferLeaks;
import io.github.cachemesh.libp2p.core.DeadlineExceededException;
import io.github.cachemesh.libp2p.core.HandshakeException;
import io.github.cachemesh.libp2p.core.LimitExceededException;
import io.github.cachemesh.libp2p.core.MemoryBudget;
import io.github.cachemesh.libp2p.core.MuxedConnection;
import io.github.cachemesh.libp2p.core.MuxedStream;
import io.github.cachemesh.libp2p.identity.KeyType;
import io.github.cachemesh.libp2p.identity.PrivateKey;
import io.github.cachemesh.libp2p.security.tls.PeerCertificate;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicConnectionCloseEvent;
import io.netty.handler.codec.quic.QuicSslContext;
import io.netty.handler.codec.quic.QuicSslContextBuilder;
import io.netty.handler.codec.quic.QuicStreamType;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.math.BigInteger;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(30)
@ExtendWith(BufferLeaks.class)
class HostilePeersTest {
  private static final int HANDSHAKES = 8;
  private static final QuicSettings SETTINGS =
      QuicSettings.defaults()
          .withHandshakeTimeout(Duration.ofSeconds(1))
          .withIncomingHandshakes(HANDSHAKES);

  private QuicHost host;
  private InetSocketAddress address;

  @BeforeEach
  void listen() throws Exception {
    host = new QuicHost(SETTINGS);
    address = host.listen();
  }

  @AfterEach
  void close() {
    host.close();
  }

  private void assertServesPeers() throws Exception {
    try (QuicHost peer = new QuicHost(QuicSettings.defaults())) {
      peer.dial(address).get(10, SECONDS).close();
    }
  }

  private IOException failureOfIncoming() throws Exception {
    CompletableFuture<MuxedConnection> upgrade = host.incoming.poll(10, SECONDS);
    assertThat(upgrade).isNotNull();
    Throwable failure =
        assertThatExceptionOfType(ExecutionException.class)
            .isThrownBy(() -> upgrade.get(10, SECONDS))
            .actual()
            .getCause();
    assertThat(failure).isInstanceOf(IOException.class);
    return (IOException) failure;
  }

  @Test
  void garbageIsIgnored() throws Exception {
    Random random = new Random(1);
    try (DatagramSocket socket = new DatagramSocket()) {
      for (int i = 0; i < 500; i++) {
        byte[] garbage = new byte[random.nextInt(1500)];
        random.nextBytes(garbage);
        socket.send(new DatagramPacket(garbage, garbage.length, address));
      }
    }
    assertServesPeers();
  }

  @Test
  void answersAreNeverLongerThanWhatWasAsked() throws Exception {
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      int unknownVersion = 0x1a2a3a4a;
      long sent = 0;
      for (int length = 30; length <= 1200; length += 30) {
        sent +=
            send(
                socket,
                Packets.withLongHeader(Packets.INITIAL, unknownVersion, new byte[8], length));
        sent += send(socket, initial(length, length));
      }
      // Packets are answered one after the other.
      assertServesPeers();
      assertThat(received(socket)).isBetween(1L, sent);
    }
  }

  @Test
  void floodOfHandshakesLeavesRoomForProvenPeers() throws Exception {
    try (UdpRelay relay = new UdpRelay(address);
        QuicHost flooder = new QuicHost(SETTINGS)) {
      relay.silenceListener();
      for (int i = 0; i < 10 * HANDSHAKES; i++) {
        flooder.dial(relay.address());
      }
      await().untilAsserted(() -> assertThat(host.incoming).hasSize(HANDSHAKES / 2));
      assertServesPeers();
      assertThat(host.incoming)
          .as("half of those that may be, and the peer's")
          .hasSize(HANDSHAKES / 2 + 1);
    }
  }

  private static ByteBuf initial(int number, int length) {
    byte[] id = ByteBuffer.allocate(8).putLong(number).array();
    return Packets.withLongHeader(Packets.INITIAL, Packets.VERSION_1, id, length);
  }

  private int send(DatagramSocket socket, ByteBuf packet) throws IOException {
    byte[] bytes = new byte[packet.readableBytes()];
    packet.readBytes(bytes);
    socket.send(new DatagramPacket(bytes, bytes.length, address));
    return bytes.length;
  }

  private static long received(DatagramSocket socket) throws IOException {
    socket.setSoTimeout(100);
    DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
    long received = 0;
    while (true) {
      try {
        socket.receive(packet);
        received += packet.getLength();
      } catch (SocketTimeoutException _) {
        return received;
      }
    }
  }

  @Test
  void handshakeThatStallsIsGivenUpByBothEnds() throws Exception {
    try (UdpRelay relay = new UdpRelay(address);
        QuicHost peer = new QuicHost(SETTINGS)) {
      relay.silenceListener();
      CompletableFuture<MuxedConnection> dial = peer.dial(relay.address());
      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(() -> dial.get(10, SECONDS))
          .withCauseInstanceOf(DeadlineExceededException.class);
      assertThat(failureOfIncoming()).isInstanceOf(DeadlineExceededException.class);
    }
    assertServesPeers();
  }

  @Test
  void certificateThatNamesNoPeerIsRefused() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair keys = generator.generateKeyPair();
    Instant now = Instant.now();
    X500Name name = new X500Name("CN=nobody");
    X509Certificate certificate =
        new JcaX509CertificateConverter()
            .getCertificate(
                new JcaX509v3CertificateBuilder(
                        name,
                        BigInteger.ONE,
                        Date.from(now.minusSeconds(60)),
                        Date.from(now.plusSeconds(60)),
                        name,
                        keys.getPublic())
                    .build(
                        new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
    QuicSslContextBuilder tls = client("libp2p").keyManager(keys.getPrivate(), null, certificate);
    assertThat(closedBy(tls.build()).isTlsError()).isTrue();
    assertThat(failureOfIncoming())
        .isInstanceOf(HandshakeException.class)
        .hasMessageContaining("extension");
  }

  @Test
  void clientWithoutCertificateIsRefused() throws Exception {
    assertThat(closedBy(client("libp2p").build()).isTlsError()).isTrue();
    assertThat(failureOfIncoming()).isInstanceOf(HandshakeException.class);
  }

  private static QuicSslContextBuilder client(String protocol) {
    return QuicSslContextBuilder.forClient()
        .trustManager(InsecureTrustManagerFactory.INSTANCE)
        .applicationProtocols(protocol);
  }

  /** A client believes the handshake done before the other end has looked at its certificate. */
  private QuicConnectionCloseEvent closedBy(QuicSslContext tls) throws Exception {
    CompletableFuture<QuicConnectionCloseEvent> closed = new CompletableFuture<>();
    try (RawClient client = new RawClient(tls)) {
      client.connect(
          address,
          new ChannelInboundHandlerAdapter() {
            @Override
            public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
              if (event instanceof QuicConnectionCloseEvent close) {
                closed.complete(close);
              }
            }
          });
      return closed.get(10, SECONDS);
    }
  }

  @Test
  void anotherApplicationsProtocolIsRefused() throws Exception {
    PeerCertificate certificate =
        PeerCertificate.create(
            PrivateKey.generate(KeyType.ED25519), Instant.now(), new SecureRandom());
    QuicSslContext tls = client("h3").keyManager(certificate.keyManager(), null).build();
    assertThat(closedBy(tls).isTlsError()).isTrue();
    assertThat(failureOfIncoming()).isInstanceOf(HandshakeException.class);
  }

  @Test
  void resumedSessionIsProvenToo() throws Exception {
    PrivateKey identity = PrivateKey.generate(KeyType.ED25519);
    PeerCertificate certificate =
        PeerCertificate.create(identity, Instant.now(), new SecureRandom());
    QuicSslContext tls = client("libp2p").keyManager(certificate.keyManager(), null).build();
    try (RawClient client = new RawClient(tls)) {
      for (int i = 0; i < 3; i++) {
        QuicChannel channel =
            client.connect(address, new ChannelInboundHandlerAdapter()).get(10, SECONDS);
        MuxedConnection accepted = host.accept();
        assertThat(accepted.remote().id()).isEqualTo(identity.peerId());
        // Sessions are issued behind the handshake.
        accepted.start(MuxedStream::close);
        channel
            .createStream(QuicStreamType.BIDIRECTIONAL, new ChannelInboundHandlerAdapter())
            .get(10, SECONDS)
            .writeAndFlush(channel.alloc().buffer().writeByte(1))
            .get(10, SECONDS);
        channel.close().get(10, SECONDS);
      }
    }
  }

  @Test
  void readerThatIsOutOfMemoryLosesItsStreamOnly() throws Exception {
    MemoryBudget none =
        new MemoryBudget() {
          @Override
          public boolean reserve(long bytes) {
            return false;
          }

          @Override
          public void release(long bytes) {}
        };
    try (QuicHost poor = new QuicHost(SETTINGS, none);
        QuicHost peer = new QuicHost(SETTINGS)) {
      MuxedConnection dialed = peer.dial(poor.listen()).get(10, SECONDS);
      MuxedConnection accepted = poor.accept();
      BlockingQueue<MuxedStream> streams = new LinkedBlockingQueue<>();
      accepted.start(streams::add);
      dialed.start(MuxedStream::close);
      Streams.send(dialed.open(), "hello");
      assertThatExceptionOfType(LimitExceededException.class)
          .isThrownBy(() -> Streams.receive(streams.poll(10, SECONDS), 5));
      assertThat(dialed.closed().toCompletableFuture()).isNotDone();
    }
  }

  @Test
  void peerOpensOnlyAsManyStreamsAsItMay() throws Exception {
    try (QuicHost few = new QuicHost(SETTINGS.withIncomingStreams(3));
        QuicHost peer = new QuicHost(SETTINGS)) {
      MuxedConnection dialed = peer.dial(few.listen()).get(10, SECONDS);
      BlockingQueue<MuxedStream> streams = new LinkedBlockingQueue<>();
      few.accept().start(streams::add);
      dialed.start(MuxedStream::close);
      for (int i = 0; i < 3; i++) {
        Streams.send(dialed.open(), "hello");
      }
      CompletableFuture<MuxedStream> fourth = new CompletableFuture<>();
      Thread.startVirtualThread(
          () -> {
            try {
              fourth.complete(dialed.open());
            } catch (IOException e) {
              fourth.completeExceptionally(e);
            }
          });
      MuxedStream first = streams.poll(10, SECONDS);
      assertThat(fourth).isNotDone();
      first.reset(new IOException("no longer"));
      assertThat(fourth.get(10, SECONDS)).isNotNull();
    }
  }
}
