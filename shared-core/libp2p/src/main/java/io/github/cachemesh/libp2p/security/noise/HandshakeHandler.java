package io.github.cachemesh.libp2p.security.noise;

import static java.util.Objects.requireNonNull;

import io.github.cachemesh.libp2p.core.ConnectionClosedException;
import io.github.cachemesh.libp2p.core.HandshakeException;
import io.github.cachemesh.libp2p.core.PeerMismatchException;
import io.github.cachemesh.libp2p.core.ProtocolId;
import io.github.cachemesh.libp2p.core.ProtocolViolationException;
import io.github.cachemesh.libp2p.core.Role;
import io.github.cachemesh.libp2p.core.SecuredPeer;
import io.github.cachemesh.libp2p.identity.PeerId;
import io.github.cachemesh.libp2p.identity.PublicKey;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Runs one handshake and then puts a {@link TransportHandler} in its place, or closes the channel.
 * Reads for itself while it lasts. Confined to the event loop.
 */
final class HandshakeHandler extends ChannelInboundHandlerAdapter {
  /** Bound on a handshake message; with the longest RSA keys it takes some 2.5 KiB. */
  static final int MAX_MESSAGE_BYTES = 8192;

  private final Role role;
  private final @Nullable PeerId expected;
  private final Handshake handshake;
  private final byte[] ownPayload;
  private final List<ProtocolId> ownMuxers;
  private final CompletableFuture<SecuredPeer> result = new CompletableFuture<>();

  private @Nullable FrameAssembler assembler;
  private @Nullable SecuredPeer peer;
  private boolean isOver;

  HandshakeHandler(
      Role role,
      @Nullable PeerId expected,
      Handshake handshake,
      byte[] ownPayload,
      List<ProtocolId> ownMuxers) {
    this.role = role;
    this.expected = expected;
    this.handshake = handshake;
    this.ownPayload = ownPayload;
    this.ownMuxers = ownMuxers;
  }

  CompletableFuture<SecuredPeer> result() {
    return result;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) throws HandshakeException {
    assembler = new FrameAssembler(context.alloc(), 0, MAX_MESSAGE_BYTES);
    if (handshake.isOwnTurn()) {
      send(context, handshake.write(new byte[0]));
    }
    context.read();
  }

  private static void send(ChannelHandlerContext context, byte[] message) {
    ByteBuf frame = context.alloc().ioBuffer(FrameAssembler.LENGTH_BYTES + message.length);
    context.writeAndFlush(
        frame.writeShort(message.length).writeBytes(message), context.voidPromise());
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    try {
      while (!isOver && !handshake.isWhole()) {
        ByteBuf frame = requireNonNull(assembler).next(bytes);
        if (frame == null) {
          return;
        }
        take(context, frame);
      }
      if (!isOver) {
        succeed(context, bytes);
      }
    } catch (ProtocolViolationException e) {
      fail(context, new HandshakeException("not a Noise handshake: " + e.getMessage(), e));
    } catch (HandshakeException e) {
      fail(context, e);
    } finally {
      bytes.release();
    }
  }

  private void take(ChannelHandlerContext context, ByteBuf frame) throws HandshakeException {
    byte[] message;
    try {
      message = ByteBufUtil.getBytes(frame);
    } finally {
      frame.release();
    }
    byte[] payload = handshake.read(message);
    byte[] remoteKey = handshake.remoteKey();
    if (remoteKey != null) {
      peer = prove(HandshakePayload.decode(payload), remoteKey);
    }
    if (handshake.isOwnTurn()) {
      send(context, handshake.write(ownPayload));
    }
  }

  private SecuredPeer prove(HandshakePayload payload, byte[] noiseKey) throws HandshakeException {
    PublicKey key = payload.verify(noiseKey);
    SecuredPeer proven =
        new SecuredPeer(key, HandshakePayload.agree(role, ownMuxers, payload).orElse(null));
    if (expected != null && !expected.equals(proven.id())) {
      throw new PeerMismatchException("the peer is " + proven.id() + " instead of " + expected);
    }
    return proven;
  }

  private void succeed(ChannelHandlerContext context, ByteBuf behind) {
    isOver = true;
    TransportHandler transport =
        new TransportHandler(
            handshake.split(),
            new FrameAssembler(
                context.alloc(), CipherState.TAG_BYTES, Handshake.MAX_MESSAGE_BYTES));
    context.pipeline().replace(this, null, transport);
    if (behind.isReadable()) {
      transport.channelRead(context.pipeline().context(transport), behind.retain());
    }
    result.complete(requireNonNull(peer));
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (!isOver) {
      context.read();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    fail(context, new ConnectionClosedException("the connection ended during the Noise handshake"));
    context.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    fail(
        context,
        new ConnectionClosedException("the connection broke during the Noise handshake", cause));
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    fail(context, new ConnectionClosedException("the Noise handshake was given up"));
  }

  private void fail(ChannelHandlerContext context, IOException reason) {
    if (!isOver) {
      isOver = true;
      requireNonNull(assembler).close();
      // First, so that whoever watches the channel close knows why.
      result.completeExceptionally(reason);
      context.close();
    }
  }
}
