package io.github.cachemesh.libp2p.transport.quic;

import io.github.cachemesh.libp2p.core.EventLoops;
import io.github.cachemesh.libp2p.core.LimitExceededException;
import io.github.cachemesh.libp2p.core.MemoryBudget;
import io.github.cachemesh.libp2p.core.MuxedStream;
import io.github.cachemesh.libp2p.core.StreamResetException;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamFrame;
import io.netty.handler.codec.quic.QuicStreamResetException;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A bidirectional stream of QUIC (RFC 9000, sections 2 and 3). What came and was not read is bound
 * by {@link ReceiveBuffer}, what was written and not accepted by {@link SendWindow}, in addition to
 * QUIC's own windows.
 *
 * <p>The end of the peer's flow is waited for even when nobody reads any more: up to {@value
 * #MAX_DISCARDED_BYTES} bytes are dropped before the peer is told to stop sending, because Netty
 * keeps its state of a stream that was not ended in order until the connection ends.
 */
final class QuicStream implements MuxedStream {
  private static final int CHUNK_BYTES = 64 * 1024;
  private static final int MAX_DISCARDED_BYTES = 1024 * 1024;
  private static final int NO_ERROR = 0;

  private final QuicConnection connection;
  private final QuicStreamChannel channel;
  private final ReceiveBuffer received;
  private final SendWindow window = new SendWindow();
  private final AtomicBoolean writeClosed = new AtomicBoolean();
  private final CompletableFuture<Void> over = new CompletableFuture<>();

  // Confined to the event loop.
  private boolean endReceived;
  private boolean endSent;
  private boolean incomingOver;
  private boolean outgoingOver;
  private long discardedBytes;

  QuicStream(QuicConnection connection, QuicStreamChannel channel, MemoryBudget memory) {
    this.connection = connection;
    this.channel = channel;
    this.received = new ReceiveBuffer(memory, new Reading());
  }

  /** To be the end of the channel's pipeline. */
  ChannelInboundHandlerAdapter handler() {
    return new Handler();
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    EventLoops.refuse();
    return received.read(target);
  }

  @Override
  public void write(ByteBuffer source) throws IOException {
    EventLoops.refuse();
    while (source.hasRemaining()) {
      int length = Math.min(source.remaining(), CHUNK_BYTES);
      window.acquire(length);
      ByteBuf chunk = channel.alloc().directBuffer(length);
      chunk.writeBytes(source.slice(source.position(), length));
      source.position(source.position() + length);
      channel.writeAndFlush(chunk).addListener(written -> written(written, length));
    }
  }

  private void written(Future<?> written, int length) {
    window.release(length);
    if (!written.isSuccess()) {
      window.fail(Failures.write(written.cause(), connection.ending()));
      outgoingOver();
    }
  }

  @Override
  public void closeWrite() {
    if (writeClosed.compareAndSet(false, true)) {
      window.fail(new StreamResetException("the stream is closed for writing"));
      // Behind what is queued, unlike shutdownOutput().
      channel
          .writeAndFlush(QuicStreamFrame.EMPTY_FIN)
          .addListener(
              sent -> {
                endSent = sent.isSuccess();
                outgoingOver();
              });
    }
  }

  @Override
  public void closeRead() {
    received.discard();
  }

  @Override
  public void reset(IOException reason) {
    received.fail(reason);
    window.fail(reason);
    onLoop(this::abort);
  }

  @Override
  public CompletionStage<Void> over() {
    return over.minimalCompletionStage();
  }

  private void onLoop(Runnable task) {
    EventLoop loop = channel.eventLoop();
    if (loop.inEventLoop()) {
      task.run();
      return;
    }
    try {
      loop.execute(task);
    } catch (RejectedExecutionException e) {
      // The reactor is closed, and with it the connection.
      over.complete(null);
    }
  }

  private void abort() {
    if (incomingOver && outgoingOver) {
      return;
    }
    if (channel.isOpen()) {
      if (endSent) {
        channel.shutdownInput(NO_ERROR);
      } else {
        channel.shutdown(NO_ERROR);
      }
      connection.stranded();
    }
    incomingOver = true;
    outgoingOver();
  }

  private void incomingOver() {
    incomingOver = true;
    overIfBoth();
  }

  private void outgoingOver() {
    outgoingOver = true;
    overIfBoth();
  }

  private void overIfBoth() {
    if (incomingOver && outgoingOver && over.complete(null)) {
      channel.close();
    }
  }

  private final class Reading implements ReceiveBuffer.Events {
    @Override
    public void room() {
      onLoop(() -> channel.config().setAutoRead(true));
    }

    @Override
    public void exhausted() {
      onLoop(QuicStream.this::incomingOver);
    }
  }

  private final class Handler extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      ByteBuf bytes = (ByteBuf) message;
      int length = bytes.readableBytes();
      try {
        switch (received.add(bytes)) {
          case GO_ON -> {}
          case PAUSE -> channel.config().setAutoRead(false);
          case DROPPED -> discarded(length);
        }
      } catch (LimitExceededException e) {
        reset(e);
      }
    }

    private void discarded(int length) {
      discardedBytes += length;
      if (discardedBytes > MAX_DISCARDED_BYTES && !incomingOver) {
        channel.shutdownInput(NO_ERROR);
        connection.stranded();
        incomingOver();
      }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
      if (event instanceof ChannelInputShutdownReadComplete) {
        endReceived = true;
        received.end();
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      // Peers reset both flows, and Netty does not tell of the other one until something is sent.
      reset(
          cause instanceof QuicStreamResetException byPeer
              ? Failures.reset(byPeer)
              : Failures.local(cause));
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      IOException reason = connection.ending();
      if (!endReceived) {
        received.fail(reason);
        incomingOver = true;
      }
      window.fail(reason);
      outgoingOver();
    }
  }
}
