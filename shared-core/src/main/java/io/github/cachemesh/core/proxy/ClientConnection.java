package io.github.cachemesh.core.proxy;

import io.github.cachemesh.core.http.Fields;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection: takes requests one after another, has each answered, and writes the
 * replies in order.
 *
 * <p>Reads only what it can use: the content of a request as it is asked for, and at most one
 * pipelined request ahead. Runs on the connection's event loop; answers that take time are made on
 * {@code workers}.
 */
final class ClientConnection extends ChannelInboundHandlerAdapter {
  private final Exchanges exchanges;
  private final Listener listener;
  private final ConnectionLimit limit;
  private final HeadTimeout headTimeout;
  private final Executor workers;

  private @Nullable HttpRequest pipelined;
  private @Nullable Current current;
  private boolean closing;

  /** The request being answered. */
  private static final class Current {
    final long startNanos = System.nanoTime();
    final AbortSignal abort = new AbortSignal();
    final @Nullable IncomingContent content;
    boolean requestIsWhole;

    Current(@Nullable IncomingContent content) {
      this.content = content;
    }
  }

  ClientConnection(
      Exchanges exchanges,
      Listener listener,
      ConnectionLimit limit,
      HeadTimeout headTimeout,
      Executor workers) {
    this.exchanges = exchanges;
    this.listener = listener;
    this.limit = limit;
    this.headTimeout = headTimeout;
    this.workers = workers;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    if (limit.admit(ctx.channel())) {
      ctx.read();
    } else {
      ctx.close();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    limit.closed(ctx.channel());
    if (current != null) {
      if (current.content != null) {
        current.content.broken();
      }
      current.abort.abort();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    try {
      if (closing) {
        return;
      }
      if (message instanceof HttpRequest request) {
        if (current == null) {
          begin(ctx, request);
        } else {
          pipelined = request;
        }
      } else if (message instanceof HttpContent content && current != null) {
        content(ctx, current, content);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void begin(ChannelHandlerContext ctx, HttpRequest request) {
    headTimeout.headArrived();
    if (!limit.begin(ctx.channel())) {
      closing = true;
      ctx.close();
      return;
    }
    boolean hasContent =
        HttpUtil.isTransferEncodingChunked(request) || HttpUtil.getContentLength(request, 0L) > 0;
    Current exchange = new Current(hasContent ? incomingContent(ctx, request) : null);
    current = exchange;
    ReplyWriter writer = new ReplyWriter(ctx, request.method());
    Optional<Reply> problem = malformed(request, hasContent);
    if (problem.isPresent()) {
      closing = true;
      writer.write(problem.get(), () -> ctx.close());
      return;
    }
    Exchanges.Incoming incoming = incoming(request, exchange);
    if (exchange.content == null) {
      ctx.read();
      Optional<Reply> reply = exchanges.immediately(incoming, listener);
      if (reply.isPresent()) {
        writer.write(reply.get(), () -> finished(ctx, exchange, reply.get(), writer));
        return;
      }
    }
    workers.execute(
        () -> {
          Reply reply = exchanges.answer(incoming, listener);
          writer.write(reply, () -> finished(ctx, exchange, reply, writer));
        });
  }

  private static IncomingContent incomingContent(ChannelHandlerContext ctx, HttpRequest request) {
    long length = HttpUtil.getContentLength(request, -1L);
    boolean expectsContinue = HttpUtil.is100ContinueExpected(request);
    return new IncomingContent(
        length < 0 ? OptionalLong.empty() : OptionalLong.of(length),
        new Runnable() {
          private boolean asked;

          @Override
          public void run() {
            if (expectsContinue && !asked) {
              ReplyWriter.writeContinue(ctx);
            }
            asked = true;
            ctx.executor().execute(ctx::read);
          }
        });
  }

  private static Optional<Reply> malformed(HttpRequest request, boolean hasContent) {
    if (request.decoderResult().isFailure()) {
      Throwable cause = request.decoderResult().cause();
      if (cause instanceof TooLongHttpLineException) {
        return Optional.of(Problem.reply(414, "the request line is longer than 16 KiB"));
      }
      return Optional.of(
          cause instanceof TooLongHttpHeaderException
              ? Problem.reply(431, "the request's fields are longer than 64 KiB")
              : Problem.reply(400, "the request is not HTTP/1.1"));
    }
    return switch (request.method().name()) {
      case "CONNECT", "TRACE" ->
          Optional.of(Problem.reply(501, request.method() + " is not offered"));
      case "GET", "HEAD" ->
          hasContent
              ? Optional.of(Problem.reply(400, request.method() + " takes no content"))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static Exchanges.Incoming incoming(HttpRequest request, Current exchange) {
    Fields fields = Fields.of(request.headers().entries());
    String host = fields.first("Host").orElse("");
    String target = request.uri();
    int scheme = target.indexOf("://");
    if (scheme > 0 && target.indexOf('/') > scheme) {
      int path = target.indexOf('/', scheme + 3);
      host = path < 0 ? target.substring(scheme + 3) : target.substring(scheme + 3, path);
      target = path < 0 ? "/" : target.substring(path);
    }
    return new Exchanges.Incoming(
        request.method().name(),
        host,
        target,
        fields,
        Optional.ofNullable(exchange.content),
        exchange.abort);
  }

  private void content(ChannelHandlerContext ctx, Current exchange, HttpContent message) {
    IncomingContent content = exchange.content;
    boolean last = message instanceof LastHttpContent;
    if (content != null && message.decoderResult().isFailure()) {
      content.broken();
      return;
    }
    if (content != null && message.content().isReadable()) {
      content.arrived(ByteBufUtil.getBytes(message.content()));
    } else if (content != null && !last) {
      ctx.read();
    }
    if (last) {
      exchange.requestIsWhole = true;
      if (content != null) {
        content.completed();
      }
      // Shows whether the client goes away while it is waiting.
      ctx.read();
    }
  }

  /** On the event loop, when the reply is written. */
  private void finished(
      ChannelHandlerContext ctx, Current exchange, Reply reply, ReplyWriter writer) {
    exchanges.written(
        reply, writer.bodyBytes(), Duration.ofNanos(System.nanoTime() - exchange.startNanos));
    if (!exchange.requestIsWhole || writer.failed()) {
      closing = true;
      ctx.close();
      return;
    }
    current = null;
    limit.end(ctx.channel());
    ChannelHandlerContext head = ctx.pipeline().context(headTimeout);
    if (head != null) {
      headTimeout.awaitHead(head);
    }
    HttpRequest next = pipelined;
    if (next != null) {
      pipelined = null;
      begin(ctx, next);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    // A reset by the client, or bytes that are no HTTP: there is nobody left to tell.
    ctx.close();
  }
}
