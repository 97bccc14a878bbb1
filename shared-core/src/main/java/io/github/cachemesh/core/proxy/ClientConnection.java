package io.github.cachemesh.core.proxy;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection: takes requests one after another, has each answered, and writes the
 * replies in order.
 *
 * <p>Reads only what it can use: the content of a request as it is asked for, and at most one
 * pipelined request ahead. Every request that begins ends: with its reply written, or with the
 * connection closed. Runs on the connection's event loop; answers that take time are made on {@code
 * workers}.
 */
final class ClientConnection extends ChannelInboundHandlerAdapter {
  /** How long a client may go on sending what nobody reads. */
  private static final Duration LINGER = Duration.ofSeconds(2);

  private final Exchanges exchanges;
  private final Listener listener;
  private final ConnectionLimit limit;
  private final HeadTimeout headTimeout;
  private final Duration maxStall;
  private final Executor workers;

  private @Nullable HttpRequest pipelined;
  private @Nullable Current current;
  private boolean reading;
  private boolean closing;

  /** The request being answered. */
  private static final class Current {
    final HttpRequest request;
    final @Nullable IncomingContent content;
    final AbortSignal abort = new AbortSignal();
    final long startNanos = System.nanoTime();
    volatile boolean requestIsWhole;

    Current(HttpRequest request, @Nullable IncomingContent content) {
      this.request = request;
      this.content = content;
    }

    Exchanges.Incoming incoming() {
      return new RequestHead(request).incoming(Optional.ofNullable(content), abort);
    }
  }

  /**
   * @param maxStall see {@link Timeouts#stall}
   */
  ClientConnection(
      Exchanges exchanges,
      Listener listener,
      ConnectionLimit limit,
      HeadTimeout headTimeout,
      Duration maxStall,
      Executor workers) {
    this.exchanges = exchanges;
    this.listener = listener;
    this.limit = limit;
    this.headTimeout = headTimeout;
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

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    closing = true;
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
    reading = false;
    try {
      if (closing) {
        read(ctx);
        return;
      }
      if (message instanceof HttpRequest request) {
        if (current == null) {
          begin(ctx, request);
        } else {
          pipelined = request;
        }
      } else if (message instanceof HttpContent content && current != null) {
        arrived(ctx, current, content);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  /** Asks for one message. */
  private void read(ChannelHandlerContext ctx) {
    reading = true;
    ctx.read();
  }

  /** A read that brought bytes but no message has to be asked for again. */
  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (reading) {
      ctx.read();
    }
  }

  private void begin(ChannelHandlerContext ctx, HttpRequest request) {
    headTimeout.headArrived();
    if (!limit.begin(ctx.channel())) {
      close(ctx);
      return;
    }
    RequestHead head = new RequestHead(request);
    Optional<Reply> problem = head.problem().map(reply -> listener.refusal(reply, request.uri()));
    boolean hasContent = problem.isEmpty() && head.hasContent();
    Current exchange = new Current(request, hasContent ? incomingContent(ctx, request) : null);
    current = exchange;
    if (problem.isPresent()) {
      closing = true;
      write(ctx, exchange, problem.get());
    } else if (hasContent) {
      answerOnWorker(ctx, exchange);
    } else {
      // Its end, with which it is answered.
      read(ctx);
    }
  }

  private IncomingContent incomingContent(ChannelHandlerContext ctx, HttpRequest request) {
    long length = HttpUtil.getContentLength(request, -1L);
    boolean expectsContinue = HttpUtil.is100ContinueExpected(request);
    return new IncomingContent(
        length < 0 ? OptionalLong.empty() : OptionalLong.of(length),
        maxStall,
        new Runnable() {
          private boolean asked;

          @Override
          public void run() {
            if (expectsContinue && !asked) {
              ReplyWriter.writeContinue(ctx);
            }
            asked = true;
            ctx.executor().execute(() -> read(ctx));
          }
        });
  }

  private void arrived(ChannelHandlerContext ctx, Current exchange, HttpContent message) {
    IncomingContent content = exchange.content;
    boolean last = message instanceof LastHttpContent;
    if (message.decoderResult().isFailure()) {
      closing = true;
      if (content == null) {
        ctx.close();
      } else {
        content.broken();
      }
      return;
    }
    exchange.requestIsWhole = last;
    if (content != null && (last || message.content().isReadable())) {
      content.arrived(ByteBufUtil.getBytes(message.content()), last);
    } else if (content == null && last) {
      answer(ctx, exchange);
    } else {
      read(ctx);
    }
    if (last) {
      // Shows whether the client goes away while it is waiting. Not at once: answers from memory to
      // many pipelined requests would pile up on the stack.
      ctx.executor().execute(() -> read(ctx));
    }
  }

  private void answer(ChannelHandlerContext ctx, Current exchange) {
    Optional<Reply> reply = exchanges.immediately(exchange.incoming(), listener);
    if (reply.isPresent()) {
      write(ctx, exchange, reply.get());
    } else {
      answerOnWorker(ctx, exchange);
    }
  }

  private void answerOnWorker(ChannelHandlerContext ctx, Current exchange) {
    workers.execute(
        () -> {
          boolean handedOver = false;
          try {
            write(ctx, exchange, exchanges.answer(exchange.incoming(), listener));
            handedOver = true;
          } finally {
            if (!handedOver) {
              ctx.close();
            }
          }
        });
  }

  private void write(ChannelHandlerContext ctx, Current exchange, Reply reply) {
    ReplyWriter writer = new ReplyWriter(ctx, exchange.request, exchange.requestIsWhole, maxStall);
    writer.write(reply, () -> written(ctx, exchange, reply, writer));
  }

  /** On the event loop, when the reply is written. */
  private void written(
      ChannelHandlerContext ctx, Current exchange, Reply reply, ReplyWriter writer) {
    try {
      exchanges.written(
          reply, writer.bodyBytes(), Duration.ofNanos(System.nanoTime() - exchange.startNanos));
    } finally {
      if (writer.leavesConnectionUsable() && limit.end(ctx.channel())) {
        next(ctx);
      } else if (!exchange.requestIsWhole && !writer.failed()) {
        linger(ctx);
      } else {
        close(ctx);
      }
    }
  }

  /**
   * Lets the client read its reply: closing at once, with what it sends unread, would reset the
   * connection and take the reply away.
   */
  private void linger(ChannelHandlerContext ctx) {
    closing = true;
    if (ctx.channel() instanceof DuplexChannel channel) {
      channel.shutdownOutput();
    }
    ctx.executor().schedule(() -> ctx.close(), LINGER.toMillis(), TimeUnit.MILLISECONDS);
    read(ctx);
  }

  private void next(ChannelHandlerContext ctx) {
    current = null;
    headTimeout.awaitHead();
    HttpRequest next = pipelined;
    if (next != null) {
      pipelined = null;
      begin(ctx, next);
    }
  }

  private void close(ChannelHandlerContext ctx) {
    closing = true;
    ctx.close();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    // A reset by the client, or a bug: whatever it is, the client must not wait.
    close(ctx);
  }
}
