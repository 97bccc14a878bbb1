package io.github.cachemesh.core.service;

import io.github.cachemesh.core.proxy.ConnectionLimit;
import io.github.cachemesh.core.proxy.HeadTimeout;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * One client's connection: takes whole requests one after another, and reads none while one is
 * being answered. Every request that begins ends: with its reply written, or with the connection
 * closed. Runs on the connection's event loop; answers are made on {@code workers}.
 */
final class ServiceConnection extends SimpleChannelInboundHandler<FullHttpRequest> {
  private final ServicePages pages;
  private final ConnectionLimit limit;
  private final HeadTimeout requestTimeout;
  private final Duration maxStall;
  private final Executor workers;
  private boolean reading;

  /**
   * @param requestTimeout measures here to the end of the request
   * @param maxStall how long a client may take to take its reply
   */
  ServiceConnection(
      ServicePages pages,
      ConnectionLimit limit,
      HeadTimeout requestTimeout,
      Duration maxStall,
      Executor workers) {
    this.pages = pages;
    this.limit = limit;
    this.requestTimeout = requestTimeout;
    this.maxStall = maxStall;
    this.workers = workers;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    if (limit.admit(ctx.channel())) {
      read(ctx);
    } else {
      ctx.close();
    }
  }

  /** Asks for one request. */
  private void read(ChannelHandlerContext ctx) {
    reading = true;
    ctx.read();
  }

  /** A read that brought bytes but no request has to be asked for again. */
  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (reading) {
      ctx.read();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    limit.closed(ctx.channel());
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
    reading = false;
    requestTimeout.headArrived();
    if (!limit.begin(ctx.channel())) {
      ctx.close();
      return;
    }
    if (request.decoderResult().isFailure()) {
      write(ctx, Reply.problem(400, "not HTTP"), false);
      return;
    }
    String method = request.method().name();
    String target = request.uri();
    boolean keepAlive = HttpUtil.isKeepAlive(request);
    byte[] body = ByteBufUtil.getBytes(request.content());
    String address = address(ctx);
    try {
      workers.execute(
          () -> {
            Reply reply = pages.answer(method, target, body, address);
            ctx.executor().execute(() -> write(ctx, reply, keepAlive));
          });
    } catch (RejectedExecutionException _) {
      // The server ends.
      ctx.close();
    }
  }

  private static String address(ChannelHandlerContext ctx) {
    return ctx.channel().remoteAddress() instanceof InetSocketAddress remote
        ? remote.getAddress().getHostAddress()
        : "unknown";
  }

  private void write(ChannelHandlerContext ctx, Reply reply, boolean keepAlive) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(reply.status()),
            Unpooled.wrappedBuffer(reply.body()));
    response.headers().set(HttpHeaderNames.CONTENT_TYPE, reply.type());
    response.headers().set(HttpHeaderNames.CACHE_CONTROL, "no-store");
    HttpUtil.setContentLength(response, reply.body().length);
    if (!keepAlive) {
      response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    }
    ChannelFuture written = ctx.writeAndFlush(response);
    Future<?> stall =
        ctx.executor().schedule(() -> ctx.close(), maxStall.toMillis(), TimeUnit.MILLISECONDS);
    written.addListener(
        _ -> {
          stall.cancel(false);
          boolean kept = limit.end(ctx.channel());
          if (written.isSuccess() && keepAlive && kept) {
            requestTimeout.awaitHead();
            read(ctx);
          } else {
            ctx.close();
          }
        });
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    // A handshake that failed, a reset, or a bug: whatever it is, the client must not wait.
    ctx.close();
  }
}
