package io.github.cachemesh.libp2p.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cachemesh.libp2p.identity.KeyType;
import io.github.cachemesh.libp2p.identity.PeerId;
import io.github.cachemesh.libp2p.identity.PrivateKey;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.assertj.core.api.ThrowableAssert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link SecureChannel} promises. */
public abstract class SecureChannelContract {
  protected static final ProtocolId YAMUX = new ProtocolId("/yamux/1.0.0");
  protected static final ProtocolId MPLEX = new ProtocolId("/mplex/6.7.0");

  private static final PrivateKey DIALER = PrivateKey.generate(KeyType.ED25519);
  private static final PrivateKey LISTENER = PrivateKey.generate(KeyType.ED25519);
  private static final PeerId STRANGER = PrivateKey.generate(KeyType.ED25519).peerId();

  protected final ChannelPair pair = new ChannelPair();

  /** The channel that is tested, for the peer with this key. */
  protected abstract SecureChannel secureChannel(PrivateKey identity, List<ProtocolId> muxers);

  @AfterEach
  void closeChannels() {
    pair.close();
  }

  @Test
  void bothEndsLearnEachOthersKeys() {
    CompletableFuture<SecuredPeer> dialed = secure(Role.DIALER, DIALER, (PeerId) null);
    CompletableFuture<SecuredPeer> accepted = secure(Role.LISTENER, LISTENER, (PeerId) null);
    pair.carry();
    assertThat(dialed).isCompletedWithValue(new SecuredPeer(LISTENER.publicKey(), YAMUX));
    assertThat(accepted).isCompletedWithValue(new SecuredPeer(DIALER.publicKey(), YAMUX));
  }

  @ParameterizedTest
  @EnumSource
  void eachTypeOfKeyIsProven(KeyType type) {
    PrivateKey identity = PrivateKey.generate(type);
    CompletableFuture<SecuredPeer> dialed = secure(Role.DIALER, DIALER, identity.peerId());
    CompletableFuture<SecuredPeer> accepted = secure(Role.LISTENER, identity, DIALER.peerId());
    pair.carry();
    assertThat(dialed).isCompletedWithValueMatching(peer -> peer.id().equals(identity.peerId()));
    assertThat(accepted).isCompleted();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 1000})
  void handshakeMayComeInPieces(int pieceBytes) {
    CompletableFuture<SecuredPeer> dialed = secure(Role.DIALER, DIALER, (PeerId) null);
    CompletableFuture<SecuredPeer> accepted = secure(Role.LISTENER, LISTENER, (PeerId) null);
    pair.carry(pieceBytes);
    assertThat(dialed).isCompleted();
    assertThat(accepted).isCompleted();
  }

  @Test
  void plaintextFlowsInBothDirections() {
    secureBoth();
    send(Role.DIALER, "to the listener".getBytes(UTF_8));
    send(Role.LISTENER, "to the dialer".getBytes(UTF_8));
    pair.carry();
    assertThat(pair.record(Role.LISTENER).bytes()).asString(UTF_8).isEqualTo("to the listener");
    assertThat(pair.record(Role.DIALER).bytes()).asString(UTF_8).isEqualTo("to the dialer");
  }

  @Test
  void plaintextDoesNotShowOnTheWire() {
    secureBoth();
    send(Role.DIALER, "a secret of both ends".getBytes(UTF_8));
    ByteBuf wire = pair.take(Role.DIALER);
    assertThat(wire.toString(UTF_8)).isNotEmpty().doesNotContain("secret");
    wire.release();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, Integer.MAX_VALUE})
  void dataRightBehindTheHandshakeBelongsToTheNextLayer(int pieceBytes) {
    secure(Role.DIALER, DIALER, (PeerId) null)
        .thenRun(() -> send(Role.DIALER, "first words".getBytes(UTF_8)));
    secure(Role.LISTENER, LISTENER, (PeerId) null);
    pair.carry(pieceBytes);
    assertThat(pair.record(Role.LISTENER).bytes()).asString(UTF_8).isEqualTo("first words");
  }

  @ParameterizedTest
  @ValueSource(ints = {777, 65_535, Integer.MAX_VALUE})
  void largeWritesArriveInOrder(int pieceBytes) {
    secureBoth();
    byte[] data = new byte[300_001];
    new Random(4).nextBytes(data);
    send(Role.LISTENER, data);
    pair.carry(pieceBytes);
    assertThat(pair.record(Role.DIALER).bytes()).isEqualTo(data);
  }

  @Test
  void muxerOfBothIsAgreedOnDuringTheHandshake() {
    CompletableFuture<SecuredPeer> dialed = secure(Role.DIALER, DIALER, List.of(MPLEX, YAMUX));
    CompletableFuture<SecuredPeer> accepted = secure(Role.LISTENER, LISTENER, List.of(YAMUX));
    pair.carry();
    assertThat(dialed.join().muxer()).isEqualTo(YAMUX);
    assertThat(accepted.join().muxer()).isEqualTo(YAMUX);
  }

  @Test
  void withoutCommonMuxerNoneIsAgreedOn() {
    CompletableFuture<SecuredPeer> dialed = secure(Role.DIALER, DIALER, List.of(MPLEX));
    CompletableFuture<SecuredPeer> accepted = secure(Role.LISTENER, LISTENER, List.of(YAMUX));
    pair.carry();
    assertThat(dialed.join().muxer()).isNull();
    assertThat(accepted.join().muxer()).isNull();
  }

  @Test
  void muxerNeedNotBeOffered() {
    CompletableFuture<SecuredPeer> dialed = secure(Role.DIALER, DIALER, List.of());
    CompletableFuture<SecuredPeer> accepted = secure(Role.LISTENER, LISTENER, List.of(YAMUX));
    pair.carry();
    assertThat(dialed.join().muxer()).isNull();
    assertThat(accepted.join().muxer()).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void anotherPeerThanExpectedIsRefused(Role refusing) {
    CompletableFuture<SecuredPeer> refused =
        secure(refusing, refusing == Role.DIALER ? DIALER : LISTENER, STRANGER);
    CompletableFuture<SecuredPeer> other =
        secure(refusing.other(), refusing == Role.DIALER ? LISTENER : DIALER, (PeerId) null);
    pair.carry();
    assertThatThrownBy(joined(refused))
        .isInstanceOf(PeerMismatchException.class)
        .hasMessageContaining(STRANGER.toString());
    assertThat(pair.channel(refusing).isOpen()).isFalse();
    // A dialer is done before the listener has judged it.
    assertThat(other.isCompletedExceptionally()).isEqualTo(refusing == Role.DIALER);
  }

  @ParameterizedTest
  @EnumSource
  void garbageIsNoHandshake(Role role) {
    CompletableFuture<SecuredPeer> secured = secure(role, DIALER, (PeerId) null);
    pair.deliver(role, Unpooled.copiedBuffer("GET / HTTP/1.1\r\nHost: peer\r\n\r\n", UTF_8));
    assertThatThrownBy(joined(secured)).isInstanceOf(HandshakeException.class);
    assertThat(pair.channel(role).isOpen()).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void handshakeFailsWhenTheChannelEnds(Role role) {
    CompletableFuture<SecuredPeer> secured = secure(role, DIALER, (PeerId) null);
    pair.channel(role).close();
    assertThatThrownBy(joined(secured)).isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @EnumSource
  void handshakeFailsOnAChannelThatHasEnded(Role role) {
    pair.channel(role).close();
    CompletableFuture<SecuredPeer> secured = secure(role, DIALER, (PeerId) null);
    assertThatThrownBy(joined(secured)).isInstanceOf(IOException.class);
  }

  @Test
  void changedByteEndsTheChannel() {
    secureBoth();
    send(Role.DIALER, "authentic".getBytes(UTF_8));
    ByteBuf wire = pair.take(Role.DIALER);
    int last = wire.writerIndex() - 1;
    wire.setByte(last, wire.getByte(last) ^ 1);
    pair.deliver(Role.LISTENER, wire);
    assertThat(pair.record(Role.LISTENER).bytes()).isEmpty();
    assertThat(pair.record(Role.LISTENER).failures())
        .singleElement()
        .isInstanceOf(IOException.class);
    assertThat(pair.channel(Role.LISTENER).isOpen()).isFalse();
  }

  @Test
  void replayedDataEndsTheChannel() {
    secureBoth();
    send(Role.DIALER, "once".getBytes(UTF_8));
    ByteBuf wire = pair.take(Role.DIALER);
    pair.deliver(Role.LISTENER, wire.copy());
    pair.deliver(Role.LISTENER, wire);
    assertThat(pair.record(Role.LISTENER).bytes()).asString(UTF_8).isEqualTo("once");
    assertThat(pair.record(Role.LISTENER).failures())
        .singleElement()
        .isInstanceOf(IOException.class);
    assertThat(pair.channel(Role.LISTENER).isOpen()).isFalse();
  }

  @Test
  void whatIsCutOffDoesNotArrive() {
    secureBoth();
    send(Role.DIALER, "never whole".getBytes(UTF_8));
    ByteBuf wire = pair.take(Role.DIALER);
    pair.deliver(Role.LISTENER, wire.writerIndex(wire.writerIndex() - 1));
    pair.channel(Role.LISTENER).close();
    assertThat(pair.record(Role.LISTENER).bytes()).isEmpty();
  }

  /** Both ends, done with the handshake. */
  protected void secureBoth() {
    CompletableFuture<SecuredPeer> dialed = secure(Role.DIALER, DIALER, LISTENER.peerId());
    CompletableFuture<SecuredPeer> accepted = secure(Role.LISTENER, LISTENER, DIALER.peerId());
    pair.carry();
    assertThat(dialed).isCompleted();
    assertThat(accepted).isCompleted();
  }

  protected void send(Role from, byte[] plaintext) {
    pair.channel(from).writeAndFlush(Unpooled.wrappedBuffer(plaintext));
  }

  private CompletableFuture<SecuredPeer> secure(
      Role role, PrivateKey identity, @Nullable PeerId expected) {
    return secure(role, identity, List.of(YAMUX), expected);
  }

  private CompletableFuture<SecuredPeer> secure(
      Role role, PrivateKey identity, List<ProtocolId> muxers) {
    return secure(role, identity, muxers, null);
  }

  private CompletableFuture<SecuredPeer> secure(
      Role role, PrivateKey identity, List<ProtocolId> muxers, @Nullable PeerId expected) {
    return secureChannel(identity, muxers)
        .secure(pair.channel(role), role, expected)
        .thenApply(
            peer -> {
              pair.listen(role);
              return peer;
            });
  }

  private static ThrowableAssert.ThrowingCallable joined(CompletableFuture<?> future) {
    return () -> {
      try {
        future.getNow(null);
      } catch (CompletionException e) {
        throw e.getCause();
      }
    };
  }
}
