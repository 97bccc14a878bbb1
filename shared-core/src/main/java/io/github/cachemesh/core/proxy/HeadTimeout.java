package io.github.cachemesh.core.proxy;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes connections whose next request does not come, or comes drop by drop: {@link #MAX_IDLE}
 * until its first byte, {@link #MAX_HEAD} from there to the end of its head. Runs on the
 * connection's event loop.
 */
final class HeadTimeout extends ChannelInboundHandlerAdapter {
  static final Duration MAX_IDLE = Duration.ofSeconds(120);
  static final Duration MAX_HEAD = Duration.ofSeconds(10);

  private final Duration maxIdle;
  private final Duration maxHead;
  private boolean awaitingFirstByte;
  private @Nullable Future<?> timer;

  HeadTimeout(Duration maxIdle, Duration maxHead) {
    this.maxIdle = maxIdle;
    this.maxHead = maxHead;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    awaitHead(ctx);
    ctx.fireChannelActive();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object bytes) {
    if (awaitingFirstByte) {
      awaitingFirstByte = false;
      closeAfter(ctx, maxHead);
    }
    ctx.fireChannelRead(bytes);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    headArrived();
    ctx.fireChannelInactive();
  }

  /** From now on the next request is due. */
  void awaitHead(ChannelHandlerContext ctx) {
    awaitingFirstByte = true;
    closeAfter(ctx, maxIdle);
  }

  void headArrived() {
    awaitingFirstByte = false;
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }

  private void closeAfter(ChannelHandlerContext ctx, Duration delay) {
    if (timer != null) {
      timer.cancel(false);
    }
    timer = ctx.executor().schedule(() -> ctx.close(), delay.toMillis(), TimeUnit.MILLISECONDS);
  }
}
