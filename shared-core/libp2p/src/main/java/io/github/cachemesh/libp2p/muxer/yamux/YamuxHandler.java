package io.github.cachemesh.libp2p.muxer.yamux;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;

/** The end of a channel's pipeline: it passes everything to the session. */
final class YamuxHandler extends ChannelInboundHandlerAdapter {
  private final YamuxSession session;

  YamuxHandler(YamuxSession session) {
    this.session = session;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    if (!context.channel().isOpen()) {
      session.channelEnded();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof ByteBuf in) {
      session.receive(in);
    } else {
      ReferenceCountUtil.release(message);
      throw new IllegalStateException("the channel passes on something other than bytes");
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    session.receiveComplete();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    session.outbound().writabilityChanged();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    session.channelEnded();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    session.channelFailed(cause);
  }
}
