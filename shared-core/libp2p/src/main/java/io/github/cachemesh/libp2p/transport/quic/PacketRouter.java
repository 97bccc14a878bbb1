package io.github.cachemesh.libp2p.transport.quic;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import org.jspecify.annotations.Nullable;

/**
 * Gives each datagram to the codec of its connection. First in a socket's pipeline; the codec of
 * accepted connections, if there is one, stands between it and that of opened ones.
 */
final class PacketRouter extends ChannelInboundHandlerAdapter {
  private final ConnectionIds ids;
  private @Nullable ChannelHandlerContext accepting;

  PacketRouter(ConnectionIds ids) {
    this.ids = ids;
  }

  /**
   * @param context of the codec of accepted connections
   */
  void accepting(ChannelHandlerContext context) {
    accepting = context;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    DatagramPacket packet = (DatagramPacket) message;
    switch (PacketRoute.of(packet.content(), ids)) {
      case OPENED -> beforeOpening(ctx).fireChannelRead(packet);
      case ACCEPTED -> {
        if (accepting == null) {
          packet.release();
        } else {
          ctx.fireChannelRead(packet);
        }
      }
      case NONE -> packet.release();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    ctx.fireChannelReadComplete();
    if (accepting != null) {
      // Codecs do not pass this on.
      accepting.fireChannelReadComplete();
    }
  }

  private ChannelHandlerContext beforeOpening(ChannelHandlerContext ctx) {
    return accepting == null ? ctx : accepting;
  }
}
