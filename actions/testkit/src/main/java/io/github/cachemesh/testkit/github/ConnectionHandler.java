package io.github.cachemesh.testkit.github;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Takes one request of a connection at a time, so pipelined requests are answered in order. */
final class ConnectionHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
  private final ApiService service;
  private final ControlEndpoints control;
  private final Faults faults;
  private final Duration latency;
  private @Nullable Caller underWay;
  private boolean silent;

  ConnectionHandler(ApiService service, ControlEndpoints control, Faults faults, Duration latency) {
    this.service = service;
    this.control = control;
    this.faults = faults;
    this.latency = latency;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    ctx.read();
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest message) {
    if (silent) {
      ctx.read();
      return;
    }
    ApiRequest request =
        ApiRequest.of(
            message.method().name(),
            message.uri(),
            message.headers(),
            ByteBufUtil.getBytes(message.content()),
            address(ctx));
    boolean keepAlive = HttpUtil.isKeepAlive(message);
    if (request.path().startsWith(ControlEndpoints.PREFIX)) {
      new AnswerWriter(ctx, control.answer(request), false, keepAlive).send(() -> next(ctx));
      return;
    }
    String target = message.uri();
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
        ctx.read();
      }
      case Fault.Status _, Fault.DelayedHeaders _ -> writer.send(() -> next(ctx));
      case null -> writer.send(() -> next(ctx));
    }
  }

  private void next(ChannelHandlerContext ctx) {
    leave();
    ctx.read();
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
