package io.github.cachemesh.libp2p.security.tls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cachemesh.libp2p.core.ConnectionClosedException;
import io.github.cachemesh.libp2p.core.HandshakeException;
import io.github.cachemesh.libp2p.core.ProtocolId;
import io.github.cachemesh.libp2p.core.ProtocolViolationException;
import io.github.cachemesh.libp2p.core.Role;
import io.github.cachemesh.libp2p.core.SecureChannel;
import io.github.cachemesh.libp2p.core.SecureChannelContract;
import io.github.cachemesh.libp2p.core.SecuredPeer;
import io.github.cachemesh.libp2p.identity.KeyType;
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
import org.junit.jupiter.api.Test;

class TlsChannelTest extends SecureChannelContract {
  private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
  private static final PrivateKey ALICE = PrivateKey.generate(KeyType.ED25519);
  private static final PrivateKey BOB = PrivateKey.generate(KeyType.ED25519);

  private final EmbeddedChannel dialer = pair.channel(Role.DIALER);
  private final EmbeddedChannel listener = pair.channel(Role.LISTENER);

  @Override
  protected SecureChannel secureChannel(PrivateKey identity, List<ProtocolId> muxers) {
    PeerCertificate certificate = PeerCertificate.create(identity, NOW, new SecureRandom());
    return new TlsChannel(certificate, () -> NOW, muxers);
  }

  private static TlsChannel tls(PrivateKey identity, Instant now) {
    PeerCertificate certificate = PeerCertificate.create(identity, now, new SecureRandom());
    return new TlsChannel(certificate, () -> now, List.of(YAMUX));
  }

  private CompletableFuture<SecuredPeer> dial() {
    return tls(ALICE, NOW).secure(dialer, Role.DIALER, BOB.peerId());
  }

  private CompletableFuture<SecuredPeer> listen() {
    return tls(BOB, NOW).secure(listener, Role.LISTENER, null);
  }

  private CompletableFuture<SecuredPeer> dialAndSend(String text) {
    return dial().whenComplete((_, _) -> send(Role.DIALER, text.getBytes(UTF_8)));
  }

  private void acceptWithoutReading() {
    listener.config().setAutoRead(false);
    assertThat(listen()).isNotDone().satisfies(_ -> pair.carry()).isCompleted();
  }

  @Test
  void refusedDialerLearnsOfItBeforeItReadsAnything() {
    CompletableFuture<SecuredPeer> dialed = dial();
    dialed.thenRun(() -> pair.listen(Role.DIALER));
    // For whom the dialer's certificate is yet to come.
    CompletableFuture<SecuredPeer> listened =
        tls(BOB, NOW.minusSeconds(86_400)).secure(listener, Role.LISTENER, null);
    pair.carry();
    assertThatThrownBy(listened::join)
        .hasCauseInstanceOf(HandshakeException.class)
        .hasMessageContaining("certificate is refused: the certificate is valid from");
    assertThat(dialed).isCompleted();
    assertThat(pair.record(Role.DIALER).bytes()).isEmpty();
    assertThat(pair.record(Role.DIALER).failures())
        .singleElement()
        .isInstanceOf(HandshakeException.class)
        .asString()
        .contains("the other end refused this one", "ALERT");
    assertThat(dialer.isOpen()).isFalse();
  }

  @Test
  void refusalOfTheDialerReachesTheListenerAsAnAlert() {
    CompletableFuture<SecuredPeer> dialed =
        tls(ALICE, NOW).secure(dialer, Role.DIALER, ALICE.peerId());
    CompletableFuture<SecuredPeer> listened = listen();
    pair.carry();
    assertThat(dialed).isCompletedExceptionally();
    assertThatThrownBy(listened::join)
        .hasCauseInstanceOf(HandshakeException.class)
        .hasMessageContaining("ALERT");
  }

  @Test
  void plaintextWaitsForTheNextLayersRead() {
    dialAndSend("early");
    acceptWithoutReading();
    assertThat(listener.inboundMessages()).isEmpty();
    pair.listen(Role.LISTENER);
    assertThat(pair.record(Role.LISTENER).bytes()).asString(UTF_8).isEqualTo("early");
  }

  @Test
  void plaintextThatWaitsComesBeforeTheEnd() {
    dialAndSend("last words");
    acceptWithoutReading();
    listener.close();
    ByteBuf words = listener.readInbound();
    assertThat(words.toString(UTF_8)).isEqualTo("last words");
    words.release();
  }

  @Test
  void plaintextThatWaitsIsReleasedWithItsHandler() {
    dialAndSend("never read");
    acceptWithoutReading();
    listener.pipeline().remove(TlsHandshake.class);
    assertThat(listener.inboundMessages()).isEmpty();
  }

  @Test
  void noTicketIsSentBehindTheHandshake() {
    dial();
    CompletableFuture<SecuredPeer> listened = listen();
    for (Role from : List.of(Role.DIALER, Role.LISTENER, Role.DIALER)) {
      pair.deliver(from.other(), pair.take(from));
    }
    assertThat(listened).isCompleted();
    assertThat(pair.take(Role.LISTENER).isReadable()).isFalse();
  }

  @Test
  void noServerNameIsSent() {
    dial();
    ByteBuf hello = pair.take(Role.DIALER);
    assertThat(hello.toString(UTF_8))
        .contains("libp2p", YAMUX.name())
        .doesNotContain(BOB.peerId().toBase58());
    hello.release();
  }

  @Test
  void closingIsAnnouncedAndEndsTheOtherEndInOrder() {
    secureBoth();
    dialer.close();
    pair.deliver(Role.LISTENER, pair.take(Role.DIALER));
    assertThat(listener.isOpen()).isFalse();
    assertThat(pair.record(Role.LISTENER).failures()).isEmpty();
  }

  @Test
  void changedRecordIsNamed() {
    secureBoth();
    send(Role.DIALER, "authentic".getBytes(UTF_8));
    ByteBuf record = pair.take(Role.DIALER);
    record.setByte(record.writerIndex() - 1, record.getByte(record.writerIndex() - 1) ^ 1);
    pair.deliver(Role.LISTENER, record);
    assertThat(pair.record(Role.LISTENER).failures())
        .singleElement()
        .isInstanceOf(ProtocolViolationException.class)
        .asString()
        .contains("DECRYPT");
  }

  @Test
  void channelThatEndsDuringTheHandshakeIsNoRefusal() {
    CompletableFuture<SecuredPeer> dialed = dial();
    CompletableFuture<SecuredPeer> listened = listen();
    dialer.unsafe().close(dialer.newPromise());
    listener.unsafe().close(listener.newPromise());
    assertThatThrownBy(dialed::join).hasCauseInstanceOf(ConnectionClosedException.class);
    assertThatThrownBy(listened::join).hasCauseInstanceOf(ConnectionClosedException.class);
  }

  @Test
  void hugeHandshakeMessageIsRefusedByItsHeader() {
    CompletableFuture<SecuredPeer> listened = listen();
    byte[] start = {0x16, 3, 1, 0, 4, 1, 0, 0x40, 1};
    pair.deliver(Role.LISTENER, Unpooled.wrappedBuffer(start));
    assertThatThrownBy(listened::join)
        .hasCauseInstanceOf(HandshakeException.class)
        .hasMessageContaining("EXCESSIVE_MESSAGE_SIZE");
  }

  @Test
  void dialerThatDoesNotOfferLibp2pIsRefused() throws Exception {
    PeerCertificate certificate = PeerCertificate.create(ALICE, NOW, new SecureRandom());
    assertForeignDialerIsRefused(
        SslContextBuilder.forClient().keyManager(certificate.keyManager()), "did not offer libp2p");
  }

  @Test
  void dialerWithoutACertificateIsRefused() throws Exception {
    assertForeignDialerIsRefused(
        SslContextBuilder.forClient(), "PEER_DID_NOT_RETURN_A_CERTIFICATE");
  }

  private void assertForeignDialerIsRefused(SslContextBuilder builder, String reason)
      throws Exception {
    SslContext foreign =
        builder
            .sslProvider(SslProvider.OPENSSL_REFCNT)
            .trustManager(InsecureTrustManagerFactory.INSTANCE)
            .endpointIdentificationAlgorithm(null)
            .build();
    try {
      dialer.pipeline().addLast(foreign.newHandler(dialer.alloc()));
      pair.listen(Role.DIALER);
      CompletableFuture<SecuredPeer> listened = listen();
      pair.carry();
      assertThatThrownBy(listened::join)
          .hasCauseInstanceOf(HandshakeException.class)
          .hasMessageContaining(reason);
      assertThat(listener.isOpen()).isFalse();
    } finally {
      ReferenceCountUtil.release(foreign);
    }
  }
}
