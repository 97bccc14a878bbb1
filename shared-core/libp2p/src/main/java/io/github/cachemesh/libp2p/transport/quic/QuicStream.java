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
  /** No more comes from the peer: it ended its flow, or one end cut it off. */
  private boolean incomingEnded;

  private boolean endSent;
  private long unsent;
  private boolean waking;
  // What the holder of the stream sees.
  private boolean incomingOver;
  private boolean outgoingOver;
  private long discardedBytes;

  QuicStream(QuicConnection connection, QuicStreamChannel channel, MemoryBudget memory) {
    this.connection = connection;
    this.channel = channel;
    this.received = new ReceiveBuffer(memory, new Reading());
    channel.closeFuture().addListener(_ -> closed());
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
      if (!onLoop(() -> send(chunk, length))) {
        chunk.release();
        throw connection.ending();
      }
    }
  }

  private void send(ByteBuf chunk, int length) {
    boolean first = unsent == 0;
    unsent += length;
    Future<?> written = channel.writeAndFlush(chunk).addListener(done -> written(done, length));
    if (first && !written.isDone() && channel.bytesBeforeUnwritable() > 0) {
      stopped();
    }
  }

  private void written(Future<?> written, int length) {
    unsent -= length;
    window.release(length);
    if (!written.isSuccess()) {
      window.fail(Failures.write(written.cause(), connection.ending()));
      outgoingOver();
    }
  }

  /**
   * Netty takes no notice when the peer stops reading while nothing waits to be sent. If the peer's
   * flow has ended, too, quiche forgets the stream, and then it does not refuse what is written, it
   * never takes it: that shows by room for bytes which are not taken.
   */
  private void stopped() {
    window.fail(new StreamResetException("the peer reads no more of the stream"));
    outgoingOver();
    channel.close();
  }

  @Override
  public void closeWrite() {
    if (writeClosed.compareAndSet(false, true)) {
      window.fail(new StreamResetException("the stream is closed for writing"));
      onLoop(this::sendEnd);
    }
  }

  private void sendEnd() {
    boolean first = unsent == 0;
    // Behind what is queued, unlike shutdownOutput().
    Future<?> sent =
        channel
            .writeAndFlush(QuicStreamFrame.EMPTY_FIN)
            .addListener(
                done -> {
                  endSent = done.isSuccess();
                  outgoingOver();
                });
    if (first && !sent.isDone()) {
      // The end needs no room.
      stopped();
    }
  }

  @Override
  public void closeRead() {
    received.fail(new StreamResetException("this end reads no more of the stream"));
  }

  @Override
  public void reset(IOException reason) {
    // A reader that wakes finds the writing over, too.
    window.fail(reason);
    received.fail(reason);
    onLoop(this::abort);
  }

  @Override
  public CompletionStage<Void> over() {
    return over.minimalCompletionStage();
  }

  private boolean onLoop(Runnable task) {
    EventLoop loop = channel.eventLoop();
    if (loop.inEventLoop()) {
      task.run();
      return true;
    }
    try {
      loop.execute(task);
      return true;
    } catch (RejectedExecutionException e) {
      // The reactor is closed, and with it the connection.
      over.complete(null);
      return false;
    }
  }

  private void abort() {
    if (!outgoingOver && channel.isOpen()) {
      channel.shutdown(NO_ERROR);
      incomingStopped();
    }
    incomingOver = true;
    outgoingOver = true;
    settle();
  }

  private void incomingStopped() {
    if (!incomingEnded) {
      incomingEnded = true;
      connection.stranded();
    }
  }

  private void outgoingOver() {
    outgoingOver = true;
    settle();
  }

  private void settle() {
    if (incomingOver && outgoingOver) {
      over.complete(null);
    }
    if (incomingEnded && outgoingOver) {
      channel.close();
    }
  }

  /** Not by an event of the pipeline, which is lost when the reactor ends. */
  private void closed() {
    IOException reason = connection.ending();
    window.fail(reason);
    if (!incomingEnded) {
      received.fail(reason);
      incomingOver = true;
    }
    outgoingOver();
  }

  private final class Reading implements ReceiveBuffer.Events {
    @Override
    public void room() {
      onLoop(() -> channel.config().setAutoRead(true));
    }

    @Override
    public void exhausted() {
      onLoop(
          () -> {
            incomingOver = true;
            settle();
          });
    }
  }

  private final class Handler extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      ByteBuf bytes = (ByteBuf) message;
      int length = bytes.readableBytes();
      try {
        switch (received.add(bytes)) {
          case GO_ON -> wake(ctx);
          case PAUSE -> {
            channel.config().setAutoRead(false);
            wake(ctx);
          }
          case DROPPED -> discarded(length);
        }
      } catch (LimitExceededException e) {
        reset(e);
      }
    }

    /** Once for all packets that are at hand: waking a thread costs more than a packet. */
    private void wake(ChannelHandlerContext ctx) {
      if (!waking) {
        waking = true;
        ctx.executor()
            .execute(
                () -> {
                  waking = false;
                  received.wake();
                });
      }
    }

    private void discarded(int length) {
      discardedBytes += length;
      if (discardedBytes > MAX_DISCARDED_BYTES && !incomingEnded) {
        channel.shutdownInput(NO_ERROR);
        if (endSent && !channel.isLocalCreated()) {
          connection.creditLost();
        }
        incomingStopped();
        incomingOver = true;
        settle();
      }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
      if (event instanceof ChannelInputShutdownReadComplete) {
        incomingEnded = true;
        received.end();
        settle();
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      incomingStopped();
      // Peers reset both flows, and Netty does not tell of the other one until something is sent.
      reset(
          cause instanceof QuicStreamResetException byPeer
              ? Failures.reset(byPeer)
              : Failures.local(cause));
    }
  }
}
