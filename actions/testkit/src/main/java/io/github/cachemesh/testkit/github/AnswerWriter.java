package io.github.cachemesh.testkit.github;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Puts one answer on the wire, whole or damaged as a fault demands. Used on the event loop. */
// A failed write closes the connection, which the handler hears of; no future needs watching.
@SuppressWarnings("FutureReturnValueIgnored")
final class AnswerWriter {
  private final ChannelHandlerContext ctx;
  private final Answer answer;
  private final boolean headOnly;
  private final boolean keepAlive;

  AnswerWriter(ChannelHandlerContext ctx, Answer answer, boolean headOnly, boolean keepAlive) {
    this.ctx = ctx;
    this.answer = answer;
    this.headOnly = headOnly;
    this.keepAlive = keepAlive;
  }

  void send(Runnable done) {
    ctx.write(head());
    if (hasBody()) {
      ctx.write(new DefaultHttpContent(Unpooled.wrappedBuffer(answer.body())));
    }
    finish(done);
  }

  void trickle(int pieceBytes, Duration pause, Runnable done) {
    ctx.writeAndFlush(head());
    piece(0, pieceBytes, pause, done);
  }

  void truncate(int bytes) {
    ctx.write(head());
    int sent = hasBody() ? Math.min(bytes, answer.body().length) : 0;
    ByteBuf part = Unpooled.wrappedBuffer(answer.body(), 0, sent);
    ctx.writeAndFlush(new DefaultHttpContent(part)).addListener(_ -> ctx.close());
  }

  /** Lingering for no time makes TCP send RST instead of FIN. */
  void reset() {
    if (ctx.channel() instanceof SocketChannel) {
      ctx.channel().config().setOption(ChannelOption.SO_LINGER, 0);
    }
    ctx.close();
  }

  private void piece(int from, int pieceBytes, Duration pause, Runnable done) {
    int to = Math.min(from + pieceBytes, answer.body().length);
    if (!hasBody() || from == to) {
      finish(done);
      return;
    }
    ByteBuf part = Unpooled.wrappedBuffer(answer.body(), from, to - from);
    ctx.writeAndFlush(new DefaultHttpContent(part))
        .addListener(
            sent -> {
              if (sent.isSuccess()) {
                ctx.executor()
                    .schedule(
                        () -> piece(to, pieceBytes, pause, done),
                        pause.toNanos(),
                        TimeUnit.NANOSECONDS);
              }
            });
  }

  private void finish(Runnable done) {
    ChannelFuture written = ctx.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
    written.addListener(
        _ -> {
          if (keepAlive) {
            done.run();
          } else {
            ctx.close();
          }
        });
  }

  private boolean hasBody() {
    return !headOnly && answer.body().length > 0;
  }

  private HttpResponse head() {
    HttpResponse head =
        new DefaultHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(answer.status()), answer.headers());
    boolean bodiless = answer.status() == 304 || answer.status() == 204;
    if (answer.headers().contains("Content-Encoding")) {
      // GitHub compresses on the fly and does not know the length beforehand.
      head.headers().set("Transfer-Encoding", "chunked");
    } else if (!bodiless) {
      head.headers().set("Content-Length", answer.body().length);
    }
    if (!keepAlive) {
      head.headers().set("Connection", "close");
    }
    return head;
  }
}
