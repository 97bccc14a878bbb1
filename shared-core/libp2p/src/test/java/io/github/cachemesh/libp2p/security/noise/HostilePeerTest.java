package io.github.cachemesh.libp2p.security.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cachemesh.libp2p.core.ConnectionClosedException;
import io.github.cachemesh.libp2p.core.HandshakeException;
import io.github.cachemesh.libp2p.core.PeerMismatchException;
import io.github.cachemesh.libp2p.core.Role;
import io.github.cachemesh.libp2p.core.SecuredPeer;
import io.github.cachemesh.libp2p.identity.KeyType;
import io.github.cachemesh.libp2p.identity.PeerId;
import io.github.cachemesh.libp2p.identity.PrivateKey;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An honest end against one that makes the messages of a handshake as it likes. */
class HostilePeerTest {
  private static final PrivateKey HOSTILE = PrivateKey.generate(KeyType.ED25519);
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final byte[] NONE = {};

  private final NoiseChannel honest =
      new NoiseChannel(PrivateKey.generate(KeyType.ED25519), List.of());
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final KeyPair noiseKey = KeyPair.generate(RANDOM);

  @AfterEach
  void closeChannel() {
    channel.finishAndReleaseAll();
  }

  private CompletableFuture<SecuredPeer> secure(Role role, @Nullable PeerId expected) {
    return honest.secure(channel, role, expected);
  }

  private Handshake hostile(Role role) {
    return new Handshake(role, noiseKey, () -> KeyPair.generate(RANDOM), NONE);
  }

  private void send(byte[] message) {
    channel.writeInbound(Unpooled.buffer().writeShort(message.length).writeBytes(message));
  }

  private byte[] receive() {
    ByteBuf frame = channel.readOutbound();
    byte[] message = new byte[frame.readUnsignedShort()];
    frame.readBytes(message);
    frame.release();
    return message;
  }

  /** Answers the honest dialer with this payload. */
  private CompletableFuture<SecuredPeer> answer(byte[] payload, @Nullable PeerId expected)
      throws Exception {
    CompletableFuture<SecuredPeer> secured = secure(Role.DIALER, expected);
    Handshake hostile = hostile(Role.LISTENER);
    hostile.read(receive());
    send(hostile.write(payload));
    return secured;
  }

  private void assertRefused(
      CompletableFuture<SecuredPeer> secured, Class<? extends Throwable> type, String message) {
    assertThatThrownBy(secured::join)
        .cause()
        .isExactlyInstanceOf(type)
        .hasMessageContaining(message);
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void wrongSignatureIsRefusedWithoutAnAnswer() throws Exception {
    byte[] stolen = HandshakePayload.vouch(HOSTILE, new byte[32], List.of()).encoded();
    assertRefused(answer(stolen, null), HandshakeException.class, "signature");
    assertThat(channel.<Object>readOutbound()).isNull();
  }

  @Test
  void anotherPeerIsRefusedWithoutAnAnswer() throws Exception {
    byte[] payload = HandshakePayload.vouch(HOSTILE, noiseKey.publicKey(), List.of()).encoded();
    PeerId expected = PrivateKey.generate(KeyType.ED25519).peerId();
    assertRefused(
        answer(payload, expected), PeerMismatchException.class, HOSTILE.peerId().toString());
    assertThat(channel.<Object>readOutbound()).isNull();
  }

  @Test
  void garbageInThePayloadIsRefused() throws Exception {
    assertRefused(
        answer(new byte[] {1, 2, 3}, null), HandshakeException.class, "payload is malformed");
  }

  @Test
  void missingPayloadIsRefused() throws Exception {
    assertRefused(answer(NONE, null), HandshakeException.class, "no key that can be used");
  }

  @Test
  void listenerRefusesWrongSignature() throws Exception {
    CompletableFuture<SecuredPeer> secured = secure(Role.LISTENER, null);
    Handshake hostile = hostile(Role.DIALER);
    send(hostile.write(NONE));
    hostile.read(receive());
    send(hostile.write(HandshakePayload.vouch(HOSTILE, new byte[32], List.of()).encoded()));
    assertRefused(secured, HandshakeException.class, "signature");
  }

  @Test
  void handshakeMessageAboveTheBoundIsRefusedByItsLength() {
    CompletableFuture<SecuredPeer> secured = secure(Role.LISTENER, null);
    channel.writeInbound(Unpooled.buffer().writeShort(HandshakeHandler.MAX_MESSAGE_BYTES + 1));
    assertRefused(secured, HandshakeException.class, "8193 bytes, where 0 to 8192 are allowed");
  }

  @Test
  void emptyHandshakeMessageIsRefused() {
    CompletableFuture<SecuredPeer> secured = secure(Role.LISTENER, null);
    send(NONE);
    assertRefused(secured, HandshakeException.class, "too short");
  }

  @Test
  void keyOfSmallOrderIsRefused() {
    CompletableFuture<SecuredPeer> secured = secure(Role.LISTENER, null);
    send(new byte[KeyPair.KEY_BYTES]);
    assertRefused(secured, HandshakeException.class, "small order");
  }

  @Test
  void ownMessageSentBackIsRefused() {
    CompletableFuture<SecuredPeer> secured = secure(Role.DIALER, null);
    send(receive());
    assertRefused(secured, HandshakeException.class, "message 2 of 3");
  }

  @Test
  void handshakeThatIsCutOffIsReleased() {
    CompletableFuture<SecuredPeer> secured = secure(Role.LISTENER, null);
    channel.writeInbound(Unpooled.buffer().writeShort(32).writeZero(31));
    channel.close();
    assertRefused(secured, ConnectionClosedException.class, "ended during the Noise handshake");
  }

  @Test
  void payloadOfTheFirstMessageIsIgnored() throws Exception {
    CompletableFuture<SecuredPeer> secured = secure(Role.LISTENER, null);
    Handshake hostile = hostile(Role.DIALER);
    send(hostile.write(new byte[] {1, 2, 3}));
    hostile.read(receive());
    send(hostile.write(HandshakePayload.vouch(HOSTILE, noiseKey.publicKey(), List.of()).encoded()));
    assertThat(secured).isCompletedWithValue(new SecuredPeer(HOSTILE.publicKey(), null));
  }
}
