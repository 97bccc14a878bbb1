package io.github.cachemesh.libp2p.transport.quic;

import io.github.cachemesh.libp2p.core.ConnectionClosedException;
import io.github.cachemesh.libp2p.core.EventLoops;
import io.github.cachemesh.libp2p.core.LimitExceededException;
import io.github.cachemesh.libp2p.core.MemoryBudget;
import io.github.cachemesh.libp2p.core.MuxedConnection;
import io.github.cachemesh.libp2p.core.MuxedStream;
import io.github.cachemesh.libp2p.core.Role;
import io.github.cachemesh.libp2p.core.SecuredPeer;
import io.github.cachemesh.libp2p.core.StreamAcceptor;
import io.github.cachemesh.libp2p.core.StreamResetException;
import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicConnectionCloseEvent;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamLimitChangedEvent;
import io.netty.handler.codec.quic.QuicStreamType;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * An established connection of QUIC, whose peer is proven. Both ends may open as many streams as
 * the other end allows; up to {@value #MAX_WAITING} calls of {@link #open} wait for that.
 *
 * <p>Netty keeps a small object for each stream that was reset until the connection ends; after
 * {@link QuicSettings#resetStreams} of them this end closes the connection, so that a peer cannot
 * make it collect more.
 */
final class QuicConnection implements MuxedConnection {
  private static final int MAX_WAITING = 256;
  private static final int NO_ERROR = 0;

  private final QuicChannel channel;
  private final SecuredPeer remote;
  private final Role role;
  private final Multiaddr localAddress;
  private final Multiaddr remoteAddress;
  private final MemoryBudget memory;
  private final int maxStranded;
  private final int maxCreditsLost;
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private volatile @Nullable IOException ending;

  // Confined to the event loop.
  private final ArrayDeque<CompletableFuture<QuicStream>> waiting = new ArrayDeque<>();
  private @Nullable StreamAcceptor acceptor;
  private boolean orderly;
  private int stranded;
  private int creditsLost;

  /**
   * @param local where its packets leave from
   */
  QuicConnection(
      QuicChannel channel,
      InetSocketAddress local,
      SecuredPeer remote,
      Role role,
      MemoryBudget memory,
      QuicSettings settings) {
    this.channel = channel;
    this.remote = remote;
    this.role = role;
    this.memory = memory;
    this.maxStranded = settings.resetStreams();
    this.maxCreditsLost = settings.incomingStreams() / 2;
    this.localAddress = Multiaddr.quic(local);
    this.remoteAddress = Multiaddr.quic((InetSocketAddress) channel.remoteSocketAddress());
    channel.closeFuture().addListener(_ -> channelClosed());
  }

  /** To be the end of the channel's pipeline. */
  ChannelInboundHandlerAdapter handler() {
    return new Handler();
  }

  @Override
  public SecuredPeer remote() {
    return remote;
  }

  @Override
  public Role role() {
    return role;
  }

  @Override
  public Multiaddr localAddress() {
    return localAddress;
  }

  @Override
  public Multiaddr remoteAddress() {
    return remoteAddress;
  }

  @Override
  public ScheduledExecutorService executor() {
    return channel.eventLoop();
  }

  @Override
  public void start(StreamAcceptor streams) {
    execute(
        () -> {
          acceptor = streams;
          channel.config().setAutoRead(true);
        });
  }

  @Override
  public MuxedStream open() throws IOException {
    EventLoops.refuse();
    CompletableFuture<QuicStream> stream = new CompletableFuture<>();
    if (!execute(() -> openOrWait(stream))) {
      throw ending();
    }
    try {
      return stream.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stream.whenComplete((late, _) -> giveUp(late));
      stream.cancel(false);
      InterruptedIOException failure = new InterruptedIOException("interrupted while opening");
      failure.initCause(e);
      throw failure;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
    }
  }

  private static void giveUp(@Nullable QuicStream late) {
    if (late != null) {
      late.reset(new InterruptedIOException("nobody waits for the stream any more"));
    }
  }

  private void openOrWait(CompletableFuture<QuicStream> stream) {
    waiting.removeIf(CompletableFuture::isDone);
    if (!channel.isActive()) {
      stream.completeExceptionally(ending());
    } else if (channel.peerAllowedStreams(QuicStreamType.BIDIRECTIONAL) > 0) {
      create(stream);
    } else if (waiting.size() < MAX_WAITING) {
      waiting.add(stream);
    } else {
      stream.completeExceptionally(
          new LimitExceededException(
              MAX_WAITING + " calls wait already until the peer allows another stream"));
    }
  }

  private void create(CompletableFuture<QuicStream> result) {
    channel
        .createStream(QuicStreamType.BIDIRECTIONAL, null)
        .addListener(
            (Future<QuicStreamChannel> created) -> {
              if (!created.isSuccess()) {
                result.completeExceptionally(Failures.local(created.cause()));
                return;
              }
              QuicStreamChannel stream = created.getNow();
              QuicStream opened = new QuicStream(this, stream, memory);
              stream.pipeline().addLast(opened.handler());
              if (!result.complete(opened)) {
                giveUp(opened);
              }
            });
  }

  @Override
  public void close() {
    execute(
        () -> {
          if (ending == null) {
            ending = new ConnectionClosedException("this end closed the connection");
            orderly = true;
          }
          end();
        });
  }

  @Override
  public CompletionStage<Void> closed() {
    return closed.minimalCompletionStage();
  }

  /** Why the connection ended, or is about to. */
  IOException ending() {
    IOException known = ending;
    if (known != null) {
      return known;
    }
    return new ConnectionClosedException(
        channel.isTimedOut() ? "the peer fell silent" : "the connection ended");
  }

  /** A stream was not ended in order. On the event loop. */
  void stranded() {
    if (++stranded > maxStranded) {
      giveUp("more than " + maxStranded + " streams of the connection were reset");
    }
  }

  /**
   * The peer was told to stop sending on a stream that this end had ended already. quiche forgets
   * to give back the peer's credit then. On the event loop.
   */
  void creditLost() {
    if (++creditsLost > maxCreditsLost) {
      giveUp("the peer went on sending on " + creditsLost + " streams that nobody read");
    }
  }

  private void giveUp(String reason) {
    fail(new LimitExceededException(reason));
    execute(this::end);
  }

  /** Not within an event of the channel: Netty may go on with the native connection then. */
  private void end() {
    channel.close(true, NO_ERROR, Unpooled.EMPTY_BUFFER);
  }

  private void fail(IOException reason) {
    if (ending == null) {
      ending = reason;
    }
  }

  private boolean execute(Runnable task) {
    try {
      channel.eventLoop().execute(task);
      return true;
    } catch (RejectedExecutionException e) {
      // The reactor is closed, and with it the connection.
      return false;
    }
  }

  private void channelClosed() {
    IOException reason = ending();
    fail(reason);
    waiting.forEach(stream -> stream.completeExceptionally(reason));
    waiting.clear();
    // Behind the ends of the streams, which Netty announces by tasks.
    if (!execute(this::complete)) {
      complete();
    }
  }

  private void complete() {
    if (orderly) {
      closed.complete(null);
    } else {
      closed.completeExceptionally(ending());
    }
  }

  private final class Handler extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      if (message instanceof QuicStreamChannel stream && acceptor != null) {
        QuicStream accepted = new QuicStream(QuicConnection.this, stream, memory);
        stream.pipeline().addLast(accepted.handler());
        channel.eventLoop().register(stream);
        accept(acceptor, accepted);
      } else {
        // A datagram that keeps the connection alive.
        ReferenceCountUtil.release(message);
      }
    }

    private static void accept(StreamAcceptor acceptor, QuicStream stream) {
      try {
        acceptor.accept(stream);
      } catch (RuntimeException e) {
        stream.reset(new StreamResetException("the stream's acceptor failed", e));
      }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
      switch (event) {
        case QuicStreamLimitChangedEvent _ -> serveWaiting();
        case QuicConnectionCloseEvent close -> {
          orderly |= ending == null && Failures.isOrderly(close);
          fail(Failures.closed(close));
          // Without waiting until no packet of it can be under way any more.
          execute(QuicConnection.this::end);
        }
        default -> {}
      }
    }

    private void serveWaiting() {
      while (!waiting.isEmpty() && channel.peerAllowedStreams(QuicStreamType.BIDIRECTIONAL) > 0) {
        CompletableFuture<QuicStream> next = waiting.remove();
        if (!next.isDone()) {
          create(next);
        }
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      fail(Failures.local(cause));
    }
  }
}
