package io.github.cachemesh.core.proxy;

import io.github.cachemesh.core.http.Fields;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Writes one reply to a client, and tells in any case when it is done.
 *
 * <p>A body is written piece by piece, each after the one before it has left, so that a slow client
 * holds up its own reply and 128 KiB of memory at most; one that takes no piece for {@code
 * maxStall} is dropped. A whole body is written on the event loop, a streamed one on the calling
 * thread, which waits. A body that breaks off closes the connection, so that the client sees that
 * it is not whole.
 */
final class ReplyWriter {
  private static final int PIECE_BYTES = 128 * 1024;

  private final ChannelHandlerContext ctx;
  private final boolean toHead;
  private final boolean understandsChunks;
  private final boolean keepAlive;
  private final Duration maxStall;
  private volatile long bodyBytes;
  private volatile boolean failed;

  /**
   * @param requestIsWhole whether nothing of the request is left to be read, without which the
   *     connection can serve no other
   */
  ReplyWriter(
      ChannelHandlerContext ctx, HttpRequest request, boolean requestIsWhole, Duration maxStall) {
    this.ctx = ctx;
    this.toHead = request.method().equals(HttpMethod.HEAD);
    this.understandsChunks = request.protocolVersion().compareTo(HttpVersion.HTTP_1_1) >= 0;
    this.keepAlive = requestIsWhole && understandsChunks && HttpUtil.isKeepAlive(request);
    this.maxStall = maxStall;
  }

  /** Lets a client go on that waits for leave to send its content. */
  static void writeContinue(ChannelHandlerContext ctx) {
    ctx.writeAndFlush(
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
  }

  /**
   * Writes the reply, then runs {@code then} on the event loop, whether it could be written or not.
   * Blocks for a streamed one only.
   */
  void write(Reply reply, Runnable then) {
    try {
      switch (reply.content()) {
        case Reply.Content.Whole(byte[] bytes) -> writeWhole(reply, bytes, then);
        case Reply.Content.Streamed(InputStream bytes) -> {
          try (bytes) {
            writeStreamed(reply, bytes);
          }
          ctx.executor().execute(then);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      fail(then);
    } catch (RejectedExecutionException e) {
      // The event loop has ended, and all its connections with it.
      failed = true;
    } catch (IOException | RuntimeException e) {
      fail(then);
    }
  }

  private void fail(Runnable then) {
    failed = true;
    try {
      ctx.executor().execute(then);
    } catch (RejectedExecutionException e) {
      // As above.
    }
  }

  private void writeWhole(Reply reply, byte[] body, Runnable then) {
    boolean bodiless = isBodiless(reply);
    int first = bodiless ? 0 : Math.min(body.length, PIECE_BYTES);
    boolean inOnePiece = bodiless || first == body.length;
    ByteBuf piece = Unpooled.wrappedBuffer(body, 0, first);
    HttpResponseStatus status = HttpResponseStatus.valueOf(reply.status());
    HttpResponse head =
        inOnePiece
            ? new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, piece)
            : new DefaultHttpResponse(HttpVersion.HTTP_1_1, status);
    setFields(reply.fields(), head.headers());
    if (!HttpStatus.hasNoBody(reply.status()) && !(toHead && body.length == 0)) {
      HttpUtil.setContentLength(head, body.length);
    }
    if (inOnePiece) {
      afterPiece(ctx.writeAndFlush(head), first, then, then);
    } else {
      ctx.write(head);
      writePiece(body, 0, then);
    }
  }

  private void writePiece(byte[] body, int from, Runnable then) {
    int length = Math.min(body.length - from, PIECE_BYTES);
    int to = from + length;
    ByteBuf piece = Unpooled.wrappedBuffer(body, from, length);
    boolean last = to == body.length;
    HttpContent message = last ? new DefaultLastHttpContent(piece) : new DefaultHttpContent(piece);
    afterPiece(
        ctx.writeAndFlush(message), length, last ? then : () -> writePiece(body, to, then), then);
  }

  /**
   * Goes on when a piece has left; when it could not, or does not in time, the reply has failed.
   */
  private void afterPiece(ChannelFuture written, int length, Runnable next, Runnable ifFailed) {
    if (!written.isDone()) {
      Future<?> stall =
          ctx.executor().schedule(() -> ctx.close(), maxStall.toMillis(), TimeUnit.MILLISECONDS);
      written.addListener(_ -> stall.cancel(false));
    }
    written.addListener(
        _ -> {
          if (written.isSuccess()) {
            bodyBytes += length;
            next.run();
          } else {
            failed = true;
            ifFailed.run();
          }
        });
  }

  private void writeStreamed(Reply reply, InputStream body)
      throws IOException, InterruptedException {
    var head =
        new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(reply.status()));
    setFields(reply.fields(), head.headers());
    boolean bodiless = isBodiless(reply);
    if (!bodiless && !HttpUtil.isContentLengthSet(head)) {
      // To HTTP/1.0 the end of the connection is the end of the body.
      HttpUtil.setTransferEncodingChunked(head, understandsChunks);
    }
    await(ctx.writeAndFlush(head));
    if (!bodiless) {
      byte[] chunk = new byte[PIECE_BYTES];
      for (int length = body.read(chunk); length >= 0; length = body.read(chunk)) {
        await(ctx.writeAndFlush(new DefaultHttpContent(Unpooled.copiedBuffer(chunk, 0, length))));
        bodyBytes += length;
      }
    }
    await(ctx.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT));
  }

  private void await(ChannelFuture written) throws IOException, InterruptedException {
    if (!written.await(maxStall.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IOException("the client takes nothing");
    }
    if (!written.isSuccess()) {
      throw new IOException("the client went away", written.cause());
    }
  }

  private boolean isBodiless(Reply reply) {
    return toHead || HttpStatus.hasNoBody(reply.status());
  }

  private void setFields(Fields fields, HttpHeaders headers) {
    for (Fields.Field field : fields.lines()) {
      headers.add(field.name(), field.value());
    }
    headers.remove(HttpHeaderNames.TRANSFER_ENCODING);
    if (!keepAlive) {
      headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    }
  }

  long bodyBytes() {
    return bodyBytes;
  }

  boolean failed() {
    return failed;
  }

  /** Whether the connection can take another request. */
  boolean leavesConnectionUsable() {
    return keepAlive && !failed;
  }
}
