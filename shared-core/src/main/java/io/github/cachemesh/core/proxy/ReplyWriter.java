package io.github.cachemesh.core.proxy;

import io.github.cachemesh.core.http.Fields;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Writes one reply to a client.
 *
 * <p>A streamed body is written chunk by chunk on the calling thread, each after the one before it
 * has left, so that a slow client holds up its own reply and 64 KiB of memory at most; one that
 * takes nothing for {@link #MAX_STALL} is dropped. A body that breaks off closes the connection, so
 * that the client sees that it is not whole.
 */
final class ReplyWriter {
  static final Duration MAX_STALL = Duration.ofSeconds(60);
  private static final int CHUNK_BYTES = 64 * 1024;

  private final ChannelHandlerContext ctx;
  private final boolean toHead;
  private volatile long bodyBytes;
  private volatile boolean failed;

  ReplyWriter(ChannelHandlerContext ctx, HttpMethod method) {
    this.ctx = ctx;
    this.toHead = method.equals(HttpMethod.HEAD);
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
    switch (reply.content()) {
      case Reply.Content.Whole whole -> writeWhole(reply, whole.bytes(), then);
      case Reply.Content.Streamed streamed -> {
        try (InputStream body = streamed.bytes()) {
          writeStreamed(reply, body);
        } catch (IOException e) {
          failed = true;
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          failed = true;
        }
        ctx.executor().execute(then);
      }
    }
  }

  private void writeWhole(Reply reply, byte[] body, Runnable then) {
    boolean bodiless = HttpStatus.hasNoBody(reply.status());
    bodyBytes = toHead || bodiless ? 0 : body.length;
    var response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(reply.status()),
            toHead || bodiless ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(body));
    set(reply.fields(), response.headers());
    if (!bodiless && !(toHead && body.length == 0)) {
      HttpUtil.setContentLength(response, body.length);
    }
    ctx.writeAndFlush(response)
        .addListener(
            written -> {
              failed |= !written.isSuccess();
              then.run();
            });
  }

  private void writeStreamed(Reply reply, InputStream body)
      throws IOException, InterruptedException {
    var head =
        new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(reply.status()));
    set(reply.fields(), head.headers());
    boolean bodiless = toHead || HttpStatus.hasNoBody(reply.status());
    if (!bodiless && !HttpUtil.isContentLengthSet(head)) {
      HttpUtil.setTransferEncodingChunked(head, true);
    }
    await(ctx.writeAndFlush(head));
    if (!bodiless) {
      byte[] chunk = new byte[CHUNK_BYTES];
      for (int length = body.read(chunk); length >= 0; length = body.read(chunk)) {
        await(ctx.writeAndFlush(new DefaultHttpContent(Unpooled.copiedBuffer(chunk, 0, length))));
        bodyBytes += length;
      }
    }
    await(ctx.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT));
  }

  private static void await(ChannelFuture written) throws IOException, InterruptedException {
    if (!written.await(MAX_STALL.toSeconds(), TimeUnit.SECONDS)) {
      throw new IOException("the client takes nothing");
    }
    if (!written.isSuccess()) {
      throw new IOException("the client went away", written.cause());
    }
  }

  private static void set(Fields fields, HttpHeaders headers) {
    for (Fields.Field field : fields.lines()) {
      headers.add(field.name(), field.value());
    }
    headers.remove(HttpHeaderNames.TRANSFER_ENCODING);
  }

  long bodyBytes() {
    return bodyBytes;
  }

  boolean failed() {
    return failed;
  }
}
