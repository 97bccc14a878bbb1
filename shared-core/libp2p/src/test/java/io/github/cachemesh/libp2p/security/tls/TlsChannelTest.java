package io.github.cachemesh.libp2p.security.tls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cachemesh.libp2p.core.ConnectionClosedException;
import io.github.cachemesh.libp2p.core.HandshakeException;
import io.github.cachemesh.libp2p.core.PeerMismatchException;
import io.github.cachemesh.libp2p.core.ProtocolId;
import io.github.cachemesh.libp2p.core.ProtocolViolationException;
import io.github.cachemesh.libp2p.core.Role;
import io.github.cachemesh.libp2p.core.SecuredPeer;
import io.github.cachemesh.libp2p.identity.KeyType;
import io.github.cachemesh.libp2p.identity.PeerId;
import io.github.cachemesh.libp2p.identity.PrivateKey;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.util.ReferenceCountUtil;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TlsChannelTest {
  private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
  private static final ProtocolId YAMUX = new ProtocolId("/yamux/1.0.0");
  private static final PrivateKey ALICE = PrivateKey.generate(KeyType.ED25519);
  private static final PrivateKey BOB = PrivateKey.generate(KeyType.ED25519);
  private static final TlsChannel ALICES = tls(ALICE, NOW, YAMUX);
  private static final TlsChannel BOBS = tls(BOB, NOW, YAMUX);

  private final Wire wire = new Wire();

  private static TlsChannel tls(PrivateKey identity, Instant now, ProtocolId... muxers) {
    PeerCertificate certificate = PeerCertificate.create(identity, now, new SecureRandom());
    return new TlsChannel(certificate, () -> now, List.of(muxers));
  }

  @AfterEach
  void releaseEverything() {
    wire.close();
  }

  private CompletableFuture<SecuredPeer> dial(TlsChannel tls, PrivateKey expected) {
    return tls.secure(
        wire.dialer, Role.DIALER, expected == null ? null : PeerId.of(expected.publicKey()));
  }

  private CompletableFuture<SecuredPeer> listen(TlsChannel tls) {
    return tls.secure(wire.listener, Role.LISTENER, null);
  }

  private void connect() {
    dial(ALICES, BOB);
    CompletableFuture<SecuredPeer> listened = listen(BOBS);
    wire.carry();
    assertThat(listened).isCompleted();
  }

  private static ByteBuf bytes(String text) {
    return Unpooled.copiedBuffer(text, UTF_8);
  }

  private static String text(EmbeddedChannel channel) {
    StringBuilder all = new StringBuilder();
    for (ByteBuf some; (some = channel.readInbound()) != null; some.release()) {
      all.append(some.toString(UTF_8));
    }
    return all.toString();
  }

  @Test
  void bothEndsProveTheirPeersAndAgreeOnAMuxer() {
    CompletableFuture<SecuredPeer> dialed = dial(ALICES, BOB);
    CompletableFuture<SecuredPeer> listened = listen(BOBS);
    wire.carry();
    assertThat(dialed).isCompletedWithValue(new SecuredPeer(BOB.publicKey(), YAMUX));
    assertThat(listened).isCompletedWithValue(new SecuredPeer(ALICE.publicKey(), YAMUX));
  }

  @Test
  void anybodyIsDialedWhereNobodyIsExpected() {
    CompletableFuture<SecuredPeer> dialed = dial(ALICES, null);
    listen(BOBS);
    wire.carry();
    assertThat(dialed.join().id()).isEqualTo(PeerId.of(BOB.publicKey()));
  }

  @Test
  void muxerStaysOpenWithoutACommonOne() {
    CompletableFuture<SecuredPeer> dialed = dial(ALICES, BOB);
    CompletableFuture<SecuredPeer> listened = listen(tls(BOB, NOW, new ProtocolId("/mplex/6.7.0")));
    wire.carry();
    assertThat(dialed.join().muxer()).isNull();
    assertThat(listened.join().muxer()).isNull();
  }

  @Test
  void handshakeWorksByteByByte() {
    CompletableFuture<SecuredPeer> dialed = dial(ALICES, BOB);
    CompletableFuture<SecuredPeer> listened = listen(BOBS);
    wire.carryByteByByte();
    assertThat(dialed).isCompleted();
    assertThat(listened).isCompleted();
  }

  @Test
  void dialerRefusesAnotherPeerThanItDialed() {
    CompletableFuture<SecuredPeer> dialed = dial(ALICES, ALICE);
    CompletableFuture<SecuredPeer> listened = listen(BOBS);
    wire.carry();
    assertThatThrownBy(dialed::join)
        .hasCauseInstanceOf(PeerMismatchException.class)
        .hasMessageContaining("dialed " + PeerId.of(ALICE.publicKey()))
        .hasMessageContaining(PeerId.of(BOB.publicKey()) + " answered");
    assertThatThrownBy(listened::join)
        .hasCauseInstanceOf(HandshakeException.class)
        .hasMessageContaining("ALERT");
    assertThat(wire.dialer.isOpen()).isFalse();
    assertThat(wire.listener.isOpen()).isFalse();
  }

  @Test
  void refusedDialerLearnsOfItAtItsFirstRead() {
    CompletableFuture<SecuredPeer> dialed = dial(ALICES, BOB);
    CompletableFuture<SecuredPeer> listened = listen(tls(BOB, NOW.minusSeconds(86_400), YAMUX));
    wire.carry();
    assertThat(dialed).isCompleted();
    assertThatThrownBy(listened::join)
        .hasCauseInstanceOf(HandshakeException.class)
        .hasMessageContaining("certificate is refused: the certificate is valid from");
    assertThat(wire.failure(wire.dialer))
        .isInstanceOf(HandshakeException.class)
        .hasMessageContaining("the other end refused this one")
        .hasMessageContaining("ALERT");
    assertThat(wire.dialer.isOpen()).isFalse();
  }

  @Test
  void listenerMayExpectAPeerToo() {
    dial(ALICES, BOB);
    CompletableFuture<SecuredPeer> listened =
        BOBS.secure(wire.listener, Role.LISTENER, PeerId.of(BOB.publicKey()));
    wire.carry();
    assertThatThrownBy(listened::join).hasCauseInstanceOf(PeerMismatchException.class);
    assertThat(wire.failure(wire.dialer)).isInstanceOf(HandshakeException.class);
  }

  @Test
  void plaintextFlowsBothWays() {
    connect();
    wire.dialer.read();
    wire.listener.read();
    wire.dialer.writeAndFlush(bytes("ping"));
    wire.carry();
    assertThat(text(wire.listener)).isEqualTo("ping");
    wire.listener.writeAndFlush(bytes("pong"));
    wire.carry();
    assertThat(text(wire.dialer)).isEqualTo("pong");
  }

  @Test
  void bytesBehindTheHandshakeWaitForTheNextLayersRead() {
    dial(ALICES, BOB)
        .thenAccept(
            _ -> {
              wire.dialer.writeAndFlush(bytes("ear"));
              wire.dialer.writeAndFlush(bytes("ly"));
            });
    CompletableFuture<SecuredPeer> listened = listen(BOBS);
    wire.carry();
    assertThat(listened).isCompleted();
    assertThat(wire.listener.inboundMessages()).isEmpty();
    wire.listener.read();
    assertThat(text(wire.listener)).isEqualTo("early");
  }

  @Test
  void bytesBehindTheHandshakeComeBeforeTheEnd() {
    dial(ALICES, BOB).thenAccept(_ -> wire.dialer.writeAndFlush(bytes("last words")));
    listen(BOBS);
    wire.carry();
    Wire.end(wire.listener);
    assertThat(text(wire.listener)).isEqualTo("last words");
  }

  @Test
  void heldBytesAreReleasedWithTheChannel() {
    dial(ALICES, BOB).thenAccept(_ -> wire.dialer.writeAndFlush(bytes("never read")));
    listen(BOBS);
    wire.carry();
    wire.listener.pipeline().remove(TlsHandshake.class);
    assertThat(wire.listener.inboundMessages()).isEmpty();
  }

  @Test
  void noTicketIsSentBehindTheHandshake() {
    dial(ALICES, BOB);
    CompletableFuture<SecuredPeer> listened = listen(BOBS);
    wire.carry(wire.dialer, wire.listener);
    wire.carry(wire.listener, wire.dialer);
    wire.carry(wire.dialer, wire.listener);
    assertThat(listened).isCompleted();
    assertThat(wire.listener.outboundMessages()).isEmpty();
  }

  @Test
  void closingIsAnnouncedAndEndsTheOtherEndInOrder() {
    connect();
    wire.dialer.close();
    assertThat(wire.carry(wire.dialer, wire.listener)).isTrue();
    assertThat(wire.listener.isOpen()).isFalse();
    assertThat(wire.failure(wire.listener)).isNull();
  }

  @Test
  void listenerRefusesADialerThatOffersAnotherProtocol() throws Exception {
    PeerCertificate certificate = PeerCertificate.create(ALICE, NOW, new SecureRandom());
    SslContext foreign =
        SslContextBuilder.forClient()
            .sslProvider(SslProvider.OPENSSL_REFCNT)
            .trustManager(InsecureTrustManagerFactory.INSTANCE)
            .endpointIdentificationAlgorithm(null)
            .keyManager(certificate.keyManager())
            .build();
    try {
      wire.dialer.pipeline().addLast(foreign.newHandler(wire.dialer.alloc()));
      CompletableFuture<SecuredPeer> listened = listen(BOBS);
      wire.carry();
      assertThatThrownBy(listened::join)
          .hasCauseInstanceOf(HandshakeException.class)
          .hasMessageContaining("did not offer libp2p");
      assertThat(wire.listener.isOpen()).isFalse();
    } finally {
      ReferenceCountUtil.release(foreign);
    }
  }

  @Test
  void listenerRefusesADialerWithoutACertificate() throws Exception {
    SslContext foreign =
        SslContextBuilder.forClient()
            .sslProvider(SslProvider.OPENSSL_REFCNT)
            .trustManager(InsecureTrustManagerFactory.INSTANCE)
            .endpointIdentificationAlgorithm(null)
            .build();
    try {
      wire.dialer.pipeline().addLast(foreign.newHandler(wire.dialer.alloc()));
      CompletableFuture<SecuredPeer> listened = listen(BOBS);
      wire.carry();
      assertThatThrownBy(listened::join)
          .hasCauseInstanceOf(HandshakeException.class)
          .hasMessageContaining("CERTIFICATE");
      assertThat(wire.listener.isOpen()).isFalse();
    } finally {
      ReferenceCountUtil.release(foreign);
    }
  }

  @Test
  void otherProtocolThanTlsIsRefused() {
    CompletableFuture<SecuredPeer> listened = listen(BOBS);
    wire.deliver(wire.listener, bytes("GET / HTTP/1.1\r\n\r\n"));
    assertThatThrownBy(listened::join).hasCauseInstanceOf(HandshakeException.class);
    assertThat(wire.listener.isOpen()).isFalse();
  }

  @Test
  void hugeHandshakeMessageIsRefusedByItsHeader() {
    CompletableFuture<SecuredPeer> listened = listen(BOBS);
    byte[] start = {0x16, 3, 1, 0, 4, 1, 0, (byte) 0x40, 1};
    wire.deliver(wire.listener, Unpooled.wrappedBuffer(start));
    assertThatThrownBy(listened::join)
        .hasCauseInstanceOf(HandshakeException.class)
        .hasMessageContaining("EXCESSIVE_MESSAGE_SIZE");
  }

  @Test
  void channelThatEndsDuringTheHandshakeIsNotSilent() {
    CompletableFuture<SecuredPeer> dialed = dial(ALICES, BOB);
    CompletableFuture<SecuredPeer> listened = listen(BOBS);
    Wire.end(wire.dialer);
    Wire.end(wire.listener);
    assertThatThrownBy(dialed::join).hasCauseInstanceOf(ConnectionClosedException.class);
    assertThatThrownBy(listened::join).hasCauseInstanceOf(ConnectionClosedException.class);
  }

  @Test
  void channelThatHasEndedIsNotSecured() {
    Wire.end(wire.dialer);
    assertThatThrownBy(dial(ALICES, BOB)::join).hasCauseInstanceOf(ConnectionClosedException.class);
  }

  @Test
  void changedRecordIsAViolation() {
    connect();
    wire.listener.read();
    wire.dialer.writeAndFlush(bytes("ping"));
    ByteBuf sent = wire.dialer.readOutbound();
    sent.setByte(sent.writerIndex() - 1, sent.getByte(sent.writerIndex() - 1) ^ 1);
    wire.deliver(wire.listener, sent);
    assertThat(wire.failure(wire.listener))
        .isInstanceOf(ProtocolViolationException.class)
        .hasMessageContaining("DECRYPT");
    assertThat(wire.listener.isOpen()).isFalse();
    assertThat(text(wire.listener)).isEmpty();
  }
}
