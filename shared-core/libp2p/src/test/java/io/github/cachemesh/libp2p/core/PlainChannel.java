package io.github.cachemesh.libp2p.core;

import io.github.cachemesh.libp2p.identity.PeerId;
import io.github.cachemesh.libp2p.identity.PrivateKey;
import io.github.cachemesh.libp2p.identity.PublicKey;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Protects nothing and proves nothing: each end sends its public key. For tests. */
public final class PlainChannel implements SecureChannel {
  private final PublicKey key;

  public PlainChannel(PrivateKey identity) {
    this.key = identity.publicKey();
  }

  @Override
  public ProtocolId protocol() {
    return new ProtocolId("/plain-test/1.0.0");
  }

  @Override
  public CompletableFuture<SecuredPeer> secure(
      Channel channel, Role role, @Nullable PeerId expected) {
    CompletableFuture<SecuredPeer> peer = new CompletableFuture<>();
    channel.pipeline().addLast(new Exchange(expected, peer));
    return peer;
  }

  private final class Exchange extends ByteToMessageDecoder {
    private final @Nullable PeerId expected;
    private final CompletableFuture<SecuredPeer> peer;

    Exchange(@Nullable PeerId expected, CompletableFuture<SecuredPeer> peer) {
      this.expected = expected;
      this.peer = peer;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
      byte[] encoded = key.encoded();
      context.writeAndFlush(
          context.alloc().buffer().writeShort(encoded.length).writeBytes(encoded));
      context.read();
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
      if (in.readableBytes() < 2
          || in.readableBytes() < 2 + in.getUnsignedShort(in.readerIndex())) {
        return;
      }
      byte[] encoded = new byte[in.readUnsignedShort()];
      in.readBytes(encoded);
      SecuredPeer proven = new SecuredPeer(PublicKey.decode(encoded), null);
      if (expected != null && !expected.equals(proven.id())) {
        peer.completeExceptionally(new PeerMismatchException("another peer: " + proven.id()));
        context.close();
        return;
      }
      peer.complete(proven);
      context.pipeline().remove(this);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
      super.channelInactive(context);
      peer.completeExceptionally(new ConnectionClosedException("closed within the handshake"));
    }
  }
}
