package io.github.cachemesh.libp2p.muxer.yamux;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.libp2p.core.MemoryBudget;
import io.github.cachemesh.libp2p.core.MuxedStream;
import io.github.cachemesh.libp2p.core.Role;
import io.github.cachemesh.libp2p.core.StreamSession;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A session whose peer is the test: it sends frames, right or wrong, and sees those that come back.
 * Everything happens on the calling thread; the clock stands still until it is moved.
 */
final class Wire implements AutoCloseable {
  final EmbeddedChannel channel = new EmbeddedChannel();
  final StreamSession session;
  final Deque<MuxedStream> accepted = new ArrayDeque<>();
  private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
  private long nanos = 1;

  Wire(Role role) {
    this(role, YamuxSettings.defaults(), MemoryBudget.unbounded());
  }

  Wire(Role role, YamuxSettings settings, MemoryBudget budget) {
    channel.freezeTime();
    channel.config().setAllocator(allocator);
    session = new Yamux(settings, budget, () -> nanos).session(channel, role, Ends.PEER);
  }

  /** A listener that has begun. */
  static Wire listener() {
    return new Wire(Role.LISTENER).start();
  }

  Wire start() {
    session.start(accepted::add);
    return this;
  }

  Wire send(FrameType type, int flags, int streamId, int length) {
    return raw(new FrameHeader(type, flags, streamId, length).frame());
  }

  Wire data(int flags, int streamId, byte... payload) {
    ByteBuf frame = Unpooled.buffer();
    new FrameHeader(FrameType.DATA, flags, streamId, payload.length).write(frame);
    return raw(frame.writeBytes(payload));
  }

  Wire raw(ByteBuf bytes) {
    channel.writeInbound(bytes);
    return this;
  }

  /** The headers of all frames since the last call. */
  List<FrameHeader> sent() {
    List<FrameHeader> headers = new ArrayList<>();
    FrameDecoder decoder = new FrameDecoder(Integer.MAX_VALUE);
    for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
      try {
        decoder.decode(out, new Headers(headers));
      } catch (Exception e) {
        throw new AssertionError("the session sent no frame", e);
      } finally {
        out.release();
      }
    }
    return headers;
  }

  private record Headers(List<FrameHeader> headers) implements FrameDecoder.Sink {
    @Override
    public void frame(FrameHeader header) {
      headers.add(header);
    }

    @Override
    public void payload(ByteBuf in, int bytes) {
      in.skipBytes(bytes);
    }

    @Override
    public void payloadEnd() {}
  }

  void pass(Duration time) {
    nanos += time.toNanos();
    channel.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
    channel.runScheduledPendingTasks();
  }

  /** Whether the channel takes what the session writes. */
  void writable(boolean isWritable) {
    channel.unsafe().outboundBuffer().setUserDefinedWritability(1, isWritable);
    channel.runPendingTasks();
  }

  long bufferedBytes() {
    return allocator.metric().usedDirectMemory() + allocator.metric().usedHeapMemory();
  }

  CompletableFuture<Void> closed() {
    return session.closed().toCompletableFuture();
  }

  /** Ends the session and demands that no buffer is left. */
  @Override
  public void close() {
    session.close();
    assertThat(channel.isOpen()).isFalse();
    accepted.forEach(MuxedStream::close);
    sent();
    assertThat(bufferedBytes()).as("buffers that were not released").isZero();
  }
}
