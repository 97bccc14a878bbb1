package io.github.cachemesh.libp2p.muxer.yamux;

import io.github.cachemesh.libp2p.core.ConnectionClosedException;
import io.github.cachemesh.libp2p.core.EventLoops;
import io.github.cachemesh.libp2p.core.LimitExceededException;
import io.github.cachemesh.libp2p.core.MemoryBudget;
import io.github.cachemesh.libp2p.core.MuxedStream;
import io.github.cachemesh.libp2p.core.ProtocolViolationException;
import io.github.cachemesh.libp2p.core.Role;
import io.github.cachemesh.libp2p.core.StreamAcceptor;
import io.github.cachemesh.libp2p.core.StreamResetException;
import io.github.cachemesh.libp2p.core.StreamSession;
import io.github.cachemesh.libp2p.identity.PeerId;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.WriteBufferWaterMark;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The streams of a channel, from the first byte to the last. It ends once: by this end, by the
 * peer, or by a failure; then every stream is cut, the peer is told, and the channel is closed,
 * within {@code 5 s} even if the peer does not read.
 *
 * <p>At most 256 streams wait for the peer's acknowledgement; {@link #open} waits for one to come.
 */
final class YamuxSession implements StreamSession {
  private static final int ACK_BACKLOG = 256;
  private static final long MAX_STREAM_ID = 0xFFFF_FFFFL;
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);
  private static final WriteBufferWaterMark WATER_MARK =
      new WriteBufferWaterMark(128 * 1024, 256 * 1024);

  private final Channel channel;
  private final Role role;
  private final PeerId peer;
  private final YamuxSettings settings;
  private final MemoryBudget budget;
  private final LongSupplier nanoTime;
  private final Outbound outbound;
  private final CompletableFuture<Void> closed = new CompletableFuture<>();

  private final Map<Integer, YamuxStream> streams = new ConcurrentHashMap<>();
  private final AtomicLong nextStreamId;
  private final AtomicInteger opened = new AtomicInteger();
  private final AtomicInteger accepted = new AtomicInteger();
  private final Semaphore backlog = new Semaphore(ACK_BACKLOG);
  private final Heartbeat heartbeat;

  /** Why there are no new streams any more. */
  private volatile @Nullable IOException refusal;

  /** The peer ends the session when the streams are over. */
  private volatile boolean isPeerGoing;

  // The event loop's.
  private final FrameDecoder decoder;
  private final Inbound inbound;
  private final List<YamuxStream> toWake = new ArrayList<>(0);
  private final List<ByteBuf> early = new ArrayList<>(0);
  private @Nullable StreamAcceptor acceptor;
  private @Nullable Future<?> closing;
  private @Nullable IOException failure;
  private boolean isEnded;

  YamuxSession(
      Channel channel,
      Role role,
      PeerId peer,
      YamuxSettings settings,
      MemoryBudget budget,
      LongSupplier nanoTime) {
    this.channel = channel;
    this.role = role;
    this.peer = peer;
    this.settings = settings;
    this.budget = budget;
    this.nanoTime = nanoTime;
    this.outbound = new Outbound(channel);
    this.nextStreamId = new AtomicLong(role == Role.DIALER ? 1 : 2);
    this.heartbeat =
        new Heartbeat(
            channel,
            new KeepAlive(settings.keepAlive(), settings.keepAliveTimeout()),
            nanoTime,
            this::peerIsGone);
    this.decoder = new FrameDecoder(settings.maxWindowBytes());
    this.inbound = new Inbound(this);
    channel.config().setWriteBufferWaterMark(WATER_MARK);
  }

  // ---- any thread

  @Override
  public void start(StreamAcceptor acceptor) {
    onEventLoop(() -> begin(acceptor));
  }

  @Override
  public MuxedStream open() throws IOException {
    EventLoops.refuse();
    if (!backlog.tryAcquire()) {
      outbound.kick();
      try {
        backlog.acquire();
      } catch (InterruptedException _) {
        throw new InterruptedIOException("interrupted while waiting to open a stream");
      }
    }
    YamuxStream stream = null;
    try {
      stream = register();
      return stream;
    } finally {
      if (stream == null) {
        backlog.release();
      }
    }
  }

  private YamuxStream register() throws IOException {
    failIfRefused();
    if (opened.incrementAndGet() > settings.maxStreams()) {
      opened.decrementAndGet();
      throw new LimitExceededException(
          settings.maxStreams() + " streams to " + peer + " are open, which is the bound");
    }
    long id = nextStreamId.getAndAdd(2);
    if (id > MAX_STREAM_ID || !budget.reserve(ReceiveWindow.INITIAL_BYTES)) {
      opened.decrementAndGet();
      throw new LimitExceededException(
          id > MAX_STREAM_ID
              ? "the connection to " + peer + " has used all stream ids: open a new one"
              : "no memory is left for the window of a stream to " + peer);
    }
    YamuxStream stream = stream((int) id, false);
    streams.put((int) id, stream);
    stream.announceOpening();
    IOException meanwhile = refusal;
    if (meanwhile != null) {
      // Whoever refused may not have seen this stream. Its place in the backlog is the caller's.
      stream.acknowledge();
      stream.cut(meanwhile);
      throw meanwhile;
    }
    return stream;
  }

  private YamuxStream stream(int id, boolean isInbound) {
    ReceiveWindow window = new ReceiveWindow(settings.maxWindowBytes(), budget, nowNanos());
    return new YamuxStream(this, id, isInbound, window);
  }

  private void failIfRefused() throws IOException {
    IOException reason = refusal;
    if (reason != null) {
      throw reason;
    }
  }

  /** A stream is over. */
  void forget(YamuxStream stream) {
    streams.remove(stream.id(), stream);
    (stream.isInbound() ? accepted : opened).decrementAndGet();
    acknowledged(stream);
    if (isPeerGoing && streams.isEmpty() && !closed.isDone()) {
      onEventLoop(this::endIfPeerIsGoing);
    }
  }

  void acknowledged(YamuxStream stream) {
    if (stream.acknowledge()) {
      backlog.release();
    }
  }

  @Override
  public void close() {
    if (!closed.isDone()) {
      onEventLoop(
          () ->
              end(
                  new ConnectionClosedException("this end closed the connection to " + peer),
                  null,
                  FrameHeader.NORMAL));
    }
  }

  @Override
  public CompletionStage<Void> closed() {
    return closed.minimalCompletionStage();
  }

  Outbound outbound() {
    return outbound;
  }

  ByteBufAllocator allocator() {
    return channel.alloc();
  }

  long nowNanos() {
    return nanoTime.getAsLong();
  }

  /** 0 while it is unknown; then it is measured, for the next time. */
  long roundTripNanos() {
    long nanos = heartbeat.roundTripNanos();
    if (nanos == 0) {
      onEventLoop(heartbeat::measure);
    }
    return nanos;
  }

  private void onEventLoop(Runnable task) {
    if (channel.eventLoop().inEventLoop()) {
      task.run();
    } else {
      channel.eventLoop().execute(task);
    }
  }

  // ---- the event loop, for Inbound

  @Nullable YamuxStream stream(int id) {
    return streams.get(id);
  }

  boolean isPeersId(int id) {
    return (id & 1) == (role == Role.DIALER ? 0 : 1);
  }

  /**
   * The peer opens a stream.
   *
   * @return null when it is to be refused
   */
  @Nullable YamuxStream accept(int id) {
    if (refusal != null || accepted.get() >= settings.maxStreams() || acceptor == null) {
      return null;
    }
    if (!budget.reserve(ReceiveWindow.INITIAL_BYTES)) {
      return null;
    }
    accepted.incrementAndGet();
    YamuxStream stream = stream(id, true);
    streams.put(id, stream);
    try {
      acceptor.accept(stream);
    } catch (RuntimeException e) {
      stream.reset(new StreamResetException("nobody took the stream", e));
    }
    return stream;
  }

  /** Wakes the stream's reader when all that came together is there. */
  void wakeWithTheOthers(YamuxStream stream) {
    if (!stream.isWakeDue) {
      stream.isWakeDue = true;
      toWake.add(stream);
    }
  }

  void pong(int value) {
    heartbeat.pong(value);
  }

  void peerGoesAway(long code) {
    if (code != FrameHeader.NORMAL) {
      IOException reason =
          new ConnectionClosedException(
              "%s ended the connection with code %d%s"
                  .formatted(
                      peer, code, code == FrameHeader.PROTOCOL_ERROR ? ", protocol error" : ""));
      end(reason, reason, FrameHeader.NORMAL);
      return;
    }
    isPeerGoing = true;
    refuse(new ConnectionClosedException(peer + " closes the connection"));
    endIfPeerIsGoing();
  }

  // ---- the event loop, for the handler

  private void begin(StreamAcceptor acceptor) {
    this.acceptor = acceptor;
    heartbeat.start();
    List<ByteBuf> first = List.copyOf(early);
    early.clear();
    first.forEach(this::receive);
    receiveComplete();
    channel.config().setAutoRead(true);
  }

  /** Takes the buffer over. Before the start it is kept, and no more than that is read. */
  void receive(ByteBuf in) {
    if (acceptor == null && !isEnded) {
      early.add(in);
      return;
    }
    try {
      heartbeat.heard();
      if (!isEnded) {
        decoder.decode(in, inbound);
      }
    } catch (ProtocolViolationException e) {
      end(
          new ConnectionClosedException(peer + " broke the rules of yamux", e),
          e,
          FrameHeader.PROTOCOL_ERROR);
    } finally {
      in.release();
    }
  }

  void receiveComplete() {
    for (YamuxStream stream : toWake) {
      stream.isWakeDue = false;
      stream.wakeReader();
    }
    toWake.clear();
    outbound.kick();
  }

  void channelEnded() {
    if (!isEnded) {
      IOException reason = new ConnectionClosedException("the connection to " + peer + " ended");
      boolean isOrderly = isPeerGoing || decoder.isBetweenFrames();
      end(reason, isOrderly ? null : reason, FrameHeader.NORMAL);
    }
    if (closing != null) {
      closing.cancel(false);
    }
    early.forEach(ByteBuf::release);
    early.clear();
    if (failure == null) {
      closed.complete(null);
    } else {
      closed.completeExceptionally(failure);
    }
  }

  void channelFailed(Throwable cause) {
    IOException reason =
        new ConnectionClosedException("the connection to " + peer + " failed", cause);
    // TCP tells the end by a reset when the peer has left something unread.
    end(reason, isPeerGoing ? null : reason, FrameHeader.INTERNAL_ERROR);
  }

  private void peerIsGone() {
    IOException reason =
        new ConnectionClosedException(
            "%s has not answered a ping within %s".formatted(peer, settings.keepAliveTimeout()));
    end(reason, reason, FrameHeader.INTERNAL_ERROR);
  }

  private void refuse(IOException reason) {
    refusal = reason;
    // Whoever waits to open fails now, and lets the next one pass.
    backlog.release();
  }

  private void endIfPeerIsGoing() {
    if (isPeerGoing && streams.isEmpty()) {
      end(new ConnectionClosedException(peer + " closed the connection"), null, FrameHeader.NORMAL);
    }
  }

  private void end(IOException forStreams, @Nullable IOException failure, int code) {
    if (isEnded) {
      return;
    }
    isEnded = true;
    this.failure = failure;
    heartbeat.stop();
    refuse(forStreams);
    streams.values().forEach(stream -> stream.cut(forStreams));
    if (channel.isActive()) {
      outbound.end(new FrameHeader(FrameType.GO_AWAY, 0, 0, code).frame());
      closing =
          channel
              .eventLoop()
              .schedule(() -> channel.close(), CLOSE_LIMIT.toNanos(), TimeUnit.NANOSECONDS);
    } else {
      outbound.abandon();
    }
  }
}
