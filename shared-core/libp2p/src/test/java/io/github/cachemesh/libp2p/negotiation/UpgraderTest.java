package io.github.cachemesh.libp2p.negotiation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.cachemesh.libp2p.core.ConnectionClosedException;
import io.github.cachemesh.libp2p.core.DeadlineExceededException;
import io.github.cachemesh.libp2p.core.HandshakeException;
import io.github.cachemesh.libp2p.core.MuxedConnection;
import io.github.cachemesh.libp2p.core.MuxedStream;
import io.github.cachemesh.libp2p.core.Muxer;
import io.github.cachemesh.libp2p.core.NegotiationException;
import io.github.cachemesh.libp2p.core.PeerMismatchException;
import io.github.cachemesh.libp2p.core.ProtocolId;
import io.github.cachemesh.libp2p.core.ProtocolViolationException;
import io.github.cachemesh.libp2p.core.Role;
import io.github.cachemesh.libp2p.core.SecureChannel;
import io.github.cachemesh.libp2p.core.SecuredPeer;
import io.github.cachemesh.libp2p.core.StreamAcceptor;
import io.github.cachemesh.libp2p.core.StreamSession;
import io.github.cachemesh.libp2p.identity.KeyType;
import io.github.cachemesh.libp2p.identity.PeerId;
import io.github.cachemesh.libp2p.identity.PrivateKey;
import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UpgraderTest {
  private static final String HEADER = "/multistream/1.0.0";
  private static final ProtocolId SECURE = new ProtocolId("/secure/1");
  private static final ProtocolId MUXER = new ProtocolId("/mux/1");
  private static final Multiaddr ADDRESS = Multiaddr.parse("/memory/1");
  private static final PrivateKey PEER = PrivateKey.generate(KeyType.ED25519);

  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final CompletableFuture<SecuredPeer> secured = new CompletableFuture<>();
  private final StringBuilder behind = new StringBuilder();
  private boolean sessionClosed;

  /** Takes what the next layers get. */
  private final class Layers implements SecureChannel, Muxer {
    @Override
    public ProtocolId protocol() {
      return SECURE;
    }

    @Override
    public CompletableFuture<SecuredPeer> secure(
        Channel channel, Role role, @Nullable PeerId expected) {
      return secured;
    }

    @Override
    public StreamSession session(Channel channel, Role role, PeerId peer) {
      throw new IllegalStateException("another muxer was chosen");
    }
  }

  private final class Mux implements Muxer {
    @Override
    public ProtocolId protocol() {
      return MUXER;
    }

    @Override
    public StreamSession session(Channel channel, Role role, PeerId peer) {
      channel
          .pipeline()
          .addLast(
              new ChannelInboundHandlerAdapter() {
                @Override
                public void channelRead(ChannelHandlerContext context, Object message) {
                  ByteBuf bytes = (ByteBuf) message;
                  behind.append(Wire.text(bytes.nioBuffer()));
                  bytes.release();
                }
              });
      return new Session();
    }
  }

  private final class Session implements StreamSession {
    @Override
    public void start(StreamAcceptor acceptor) {}

    @Override
    public MuxedStream open() throws IOException {
      throw new IOException("none");
    }

    @Override
    public void close() {
      sessionClosed = true;
    }

    @Override
    public CompletionStage<Void> closed() {
      return new CompletableFuture<>();
    }
  }

  private CompletableFuture<MuxedConnection> upgrade(Role role, @Nullable PeerId expected) {
    Upgrader upgrader =
        new Upgrader(List.of(new Layers()), List.of(new Mux()), Duration.ofSeconds(10));
    return upgrader.upgrade(channel, role, expected, ADDRESS, ADDRESS);
  }

  private void receive(String... lines) {
    channel.writeInbound(Unpooled.wrappedBuffer(Wire.lines(lines)));
  }

  private String sent() {
    StringBuilder sent = new StringBuilder();
    for (ByteBuf next = channel.readOutbound(); next != null; next = channel.readOutbound()) {
      sent.append(Wire.text(next.nioBuffer()));
      next.release();
    }
    return sent.toString();
  }

  private void assertEnded(
      CompletableFuture<MuxedConnection> upgrade, Class<? extends IOException> reason) {
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(upgrade::get)
        .withCauseInstanceOf(reason);
    assertThat(channel.isOpen()).isFalse();
  }

  @AfterEach
  void release() {
    channel.finishAndReleaseAll();
  }

  @Test
  void dialerNegotiatesBothLayers() throws Exception {
    CompletableFuture<MuxedConnection> upgrade = upgrade(Role.DIALER, PEER.peerId());
    assertThat(sent()).isEqualTo(Wire.text(HEADER, "/secure/1"));
    receive(HEADER, "/secure/1");
    secured.complete(new SecuredPeer(PEER.publicKey(), null));
    assertThat(sent()).isEqualTo(Wire.text(HEADER, "/mux/1"));
    receive(HEADER, "/mux/1");
    assertThat(upgrade.get().remote().id()).isEqualTo(PEER.peerId());
    assertThat(upgrade.get().role()).isEqualTo(Role.DIALER);
    assertThat(channel.isOpen()).isTrue();
  }

  @Test
  void muxerOfTheHandshakeIsNotNegotiatedAgain() throws Exception {
    CompletableFuture<MuxedConnection> upgrade = upgrade(Role.LISTENER, null);
    receive(HEADER, "/secure/1");
    sent();
    secured.complete(new SecuredPeer(PEER.publicKey(), MUXER));
    assertThat(upgrade).isCompleted();
    assertThat(sent()).isEmpty();
  }

  @Test
  void bytesBehindTheAgreementBelongToTheNextLayer() {
    secured.complete(new SecuredPeer(PEER.publicKey(), null));
    upgrade(Role.LISTENER, null);
    receive(HEADER, "/secure/1", HEADER, "/mux/1", "frames");
    assertThat(behind).hasToString(Wire.text("frames"));
  }

  @Test
  void connectionOfAnUpgradeThatWasGivenUpIsClosed() {
    CompletableFuture<MuxedConnection> upgrade = upgrade(Role.LISTENER, null);
    receive(HEADER, "/secure/1");
    upgrade.cancel(false);
    secured.complete(new SecuredPeer(PEER.publicKey(), MUXER));
    assertThat(channel.isOpen()).isFalse();
    assertThat(sessionClosed).isFalse();
  }

  @Test
  void anotherProtocolEndsIt() {
    CompletableFuture<MuxedConnection> upgrade = upgrade(Role.LISTENER, null);
    receive("GET / HTTP/1.1");
    assertEnded(upgrade, ProtocolViolationException.class);
  }

  @Test
  void nothingInCommonEndsIt() {
    CompletableFuture<MuxedConnection> upgrade = upgrade(Role.DIALER, null);
    receive(HEADER, "na");
    assertEnded(upgrade, NegotiationException.class);
  }

  @Test
  void failedHandshakeEndsIt() {
    CompletableFuture<MuxedConnection> upgrade = upgrade(Role.DIALER, null);
    receive(HEADER, "/secure/1");
    secured.completeExceptionally(new HandshakeException("wrong signature"));
    assertEnded(upgrade, HandshakeException.class);
  }

  @Test
  void faultOfALayerEndsIt() {
    CompletableFuture<MuxedConnection> upgrade = upgrade(Role.DIALER, null);
    receive(HEADER, "/secure/1");
    secured.completeExceptionally(new IllegalStateException("fault"));
    assertEnded(upgrade, HandshakeException.class);
  }

  @Test
  void anotherPeerThanExpectedEndsIt() {
    CompletableFuture<MuxedConnection> upgrade =
        upgrade(Role.DIALER, PrivateKey.generate(KeyType.ED25519).peerId());
    receive(HEADER, "/secure/1");
    secured.complete(new SecuredPeer(PEER.publicKey(), null));
    assertEnded(upgrade, PeerMismatchException.class);
  }

  @Test
  void muxerThatWasNotOfferedEndsIt() {
    CompletableFuture<MuxedConnection> upgrade = upgrade(Role.DIALER, null);
    receive(HEADER, "/secure/1");
    secured.complete(new SecuredPeer(PEER.publicKey(), new ProtocolId("/other/1")));
    assertEnded(upgrade, NegotiationException.class);
  }

  @Test
  void endOfTheChannelEndsIt() {
    CompletableFuture<MuxedConnection> upgrade = upgrade(Role.DIALER, null);
    channel.close();
    assertEnded(upgrade, ConnectionClosedException.class);
  }

  @Test
  void brokenChannelEndsIt() {
    CompletableFuture<MuxedConnection> upgrade = upgrade(Role.DIALER, null);
    channel.pipeline().fireExceptionCaught(new IOException("reset by peer"));
    assertEnded(upgrade, ConnectionClosedException.class);
  }

  @Test
  void timeIsBoundedAndTheStepIsNamed() {
    channel.freezeTime();
    CompletableFuture<MuxedConnection> upgrade = upgrade(Role.DIALER, null);
    receive(HEADER, "/secure/1");
    channel.advanceTimeBy(10, TimeUnit.SECONDS);
    channel.runScheduledPendingTasks();
    assertEnded(upgrade, DeadlineExceededException.class);
    assertThat(upgrade.exceptionNow())
        .hasMessageContaining("PT10S")
        .hasMessageContaining("/secure/1");
  }

  @Test
  void cancellingClosesTheChannel() {
    upgrade(Role.DIALER, null).cancel(false);
    channel.runPendingTasks();
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void somethingToOfferIsDemanded() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Upgrader(List.of(), List.of(new Mux())));
  }
}
