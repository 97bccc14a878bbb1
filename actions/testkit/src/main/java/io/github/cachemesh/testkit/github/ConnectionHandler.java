package io.github.cachemesh.testkit.github;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Takes one request of a connection at a time, so pipelined requests are answered in order. While
 * one is under way nothing more is read, so at most the requests of one read wait.
 */
// A failed write closes the connection, which the handler hears of; no future needs watching.
@SuppressWarnings("FutureReturnValueIgnored")
final class ConnectionHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
  private final ApiService service;
  private final ControlEndpoints control;
  private final Faults faults;
  private final Duration latency;
  private final Queue<Received> waiting = new ArrayDeque<>();
  private @Nullable Caller underWay;
  private boolean busy;
  private boolean silent;

  ConnectionHandler(ApiService service, ControlEndpoints control, Faults faults, Duration latency) {
    this.service = service;
    this.control = control;
    this.faults = faults;
    this.latency = latency;
  }

  private record Received(ApiRequest request, String target, boolean keepAlive) {}

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest message) {
    ApiRequest request =
        ApiRequest.of(
            message.method().name(),
            message.uri(),
            message.headers(),
            ByteBufUtil.getBytes(message.content()),
            address(ctx));
    if (silent) {
      return;
    }
    waiting.add(new Received(request, message.uri(), HttpUtil.isKeepAlive(message)));
    if (!busy) {
      next(ctx);
    }
  }

  /** Goes on with the request that waits longest, or reads on. */
  private void next(ChannelHandlerContext ctx) {
    leave();
    Received received = silent ? null : waiting.poll();
    busy = received != null;
    ctx.channel().config().setAutoRead(!busy);
    if (received != null) {
      answer(ctx, received.request(), received.target(), received.keepAlive());
    }
  }

  private void answer(
      ChannelHandlerContext ctx, ApiRequest request, String target, boolean keepAlive) {
    if (request.path().startsWith(ControlEndpoints.PREFIX)) {
      new AnswerWriter(ctx, control.answer(request), false, keepAlive).send(() -> next(ctx));
      return;
    }
    Optional<Fault> fault = faults.take(target);
    ApiService.Outcome outcome = service.answer(request, target, fault);
    underWay = outcome.caller();
    AnswerWriter writer =
        new AnswerWriter(ctx, outcome.answer(), request.method().equals("HEAD"), keepAlive);
    Duration wait = latency;
    if (fault.orElse(null) instanceof Fault.DelayedHeaders(Duration delay)) {
      wait = wait.plus(delay);
    }
    Runnable answer = () -> write(ctx, writer, fault);
    if (wait.isZero()) {
      answer.run();
    } else {
      ctx.executor().schedule(answer, wait.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private void write(ChannelHandlerContext ctx, AnswerWriter writer, Optional<Fault> fault) {
    switch (fault.orElse(null)) {
      case Fault.Reset() -> writer.reset();
      case Fault.Truncate(int bytes) -> writer.truncate(bytes);
      case Fault.SlowBody(int pieceBytes, Duration pause) ->
          writer.trickle(pieceBytes, pause, () -> next(ctx));
      case Fault.Silence() -> {
        silent = true;
        waiting.clear();
        ctx.channel().config().setAutoRead(true);
      }
      case Fault.Status _, Fault.DelayedHeaders _ -> writer.send(() -> next(ctx));
      case null -> writer.send(() -> next(ctx));
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    leave();
    ctx.fireChannelInactive();
  }

  private void leave() {
    Caller caller = underWay;
    if (caller != null) {
      underWay = null;
      service.leave(caller);
    }
  }

  /** A client that goes away, or speaks no HTTP, ends its connection and nothing else. */
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    ctx.close();
  }

  private static String address(ChannelHandlerContext ctx) {
    return ctx.channel().remoteAddress() instanceof InetSocketAddress peer
        ? peer.getAddress().getHostAddress()
        : "local";
  }
}
