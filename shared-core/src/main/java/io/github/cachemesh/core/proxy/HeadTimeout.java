package io.github.cachemesh.core.proxy;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes connections whose next request does not come, or comes drop by drop: {@link Timeouts#idle}
 * until its first byte, {@link Timeouts#head} from there to the end of its head. Runs on the
 * connection's event loop.
 */
public final class HeadTimeout extends ChannelInboundHandlerAdapter {
  private final Timeouts timeouts;
  private boolean awaitingFirstByte;
  private @Nullable ChannelHandlerContext ctx;
  private @Nullable Future<?> timer;

  public HeadTimeout(Timeouts timeouts) {
    this.timeouts = timeouts;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    ctx = added;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    awaitHead();
    ctx.fireChannelActive();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object bytes) {
    if (awaitingFirstByte) {
      awaitingFirstByte = false;
      closeAfter(timeouts.head());
    }
    ctx.fireChannelRead(bytes);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    headArrived();
    ctx.fireChannelInactive();
  }

  /** From now on the next request is due. */
  public void awaitHead() {
    awaitingFirstByte = true;
    closeAfter(timeouts.idle());
  }

  /** What was awaited is there; nothing is due until {@link #awaitHead}. */
  public void headArrived() {
    awaitingFirstByte = false;
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }

  private void closeAfter(Duration delay) {
    if (timer != null) {
      timer.cancel(false);
    }
    ChannelHandlerContext connection = ctx;
    if (connection != null) {
      timer =
          connection
              .executor()
              .schedule(() -> connection.close(), delay.toMillis(), TimeUnit.MILLISECONDS);
    }
  }
}
