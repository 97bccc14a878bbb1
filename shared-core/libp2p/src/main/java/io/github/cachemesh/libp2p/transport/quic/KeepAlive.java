package io.github.cachemesh.libp2p.transport.quic;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.quic.QuicDatagramExtensionEvent;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a connection from falling silent, by a datagram of one byte (RFC 9221), which the peer
 * acknowledges and drops: Netty has no way to send a PING frame. Peers that take no datagrams send
 * frames of that kind themselves, as all of libp2p's implementations do. Confined to an event loop.
 */
final class KeepAlive extends ChannelInboundHandlerAdapter {
  private final Duration interval;
  private @Nullable ScheduledFuture<?> timer;

  KeepAlive(Duration interval) {
    this.interval = interval;
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof QuicDatagramExtensionEvent && timer == null) {
      timer =
          ctx.executor()
              .scheduleAtFixedRate(
                  () -> send(ctx), interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }
    ctx.fireUserEventTriggered(event);
  }

  private static void send(ChannelHandlerContext ctx) {
    ctx.writeAndFlush(ctx.alloc().directBuffer(1).writeByte(0));
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    if (timer != null) {
      timer.cancel(false);
    }
  }
}
