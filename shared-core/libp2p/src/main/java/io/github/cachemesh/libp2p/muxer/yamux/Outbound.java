package io.github.cachemesh.libp2p.muxer.yamux;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The frames on their way out, in order. Any thread adds; the event loop hands them to the channel
 * while that is writable, many at a time, small ones as one buffer, and flushes them together.
 *
 * <p>Data waits for room: at most {@value #ROOM_BYTES} bytes and one frame are queued, and writers
 * that find none are woken first come, first served. Other frames are bounded by who adds them: a
 * few a stream, and {@link Inbound}'s bound on answers.
 */
final class Outbound {
  static final int ROOM_BYTES = 256 * 1024;

  /** What a frame takes besides its bytes, so that many small ones find no room either. */
  private static final int FRAME_COST = 128;

  /** Writers wake when that much is free, to have something to do. */
  private static final int WAKE_BYTES = ROOM_BYTES / 2;

  private static final int FLUSH_BYTES = 128 * 1024;
  private static final int SMALL_BYTES = 2048;
  private static final int BATCH_BYTES = 16 * 1024;

  private final Queue<ByteBuf> frames = new ConcurrentLinkedQueue<>();

  /** Set while a drain is due, or goes on when the channel is writable again. */
  private final AtomicBoolean draining = new AtomicBoolean();

  private final Channel channel;
  private volatile boolean isSealed;

  // Guarded by this.
  private final ArrayDeque<YamuxStream> waiting = new ArrayDeque<>(2);
  private int room = ROOM_BYTES;

  // The event loop's.
  private boolean isInDrain;
  private boolean isEnding;
  private @Nullable ByteBuf batch;

  Outbound(Channel channel) {
    this.channel = channel;
  }

  /**
   * @param bytes of payload
   * @return whether there is room, which then is taken; if not, the stream's writer is woken when
   *     it is worth to ask again
   */
  synchronized boolean admit(YamuxStream stream, int bytes) {
    if (room > 0) {
      room -= bytes + FRAME_COST;
      return true;
    }
    if (!stream.isQueuedForRoom) {
      stream.isQueuedForRoom = true;
      waiting.add(stream);
    }
    return false;
  }

  /** Gives room back that was taken for so much payload and is not used. */
  void giveBack(int bytes) {
    free(bytes + FRAME_COST);
  }

  /** The stream's writer waits no more: if it was its turn, it is the next one's. */
  synchronized void passOn(YamuxStream stream) {
    if (stream.isQueuedForRoom) {
      stream.isQueuedForRoom = false;
      waiting.remove(stream);
    }
    free(0);
  }

  private synchronized void free(int bytes) {
    room += bytes;
    int left = room >= WAKE_BYTES ? room : 0;
    while (left > 0 && !waiting.isEmpty()) {
      YamuxStream stream = waiting.remove();
      stream.isQueuedForRoom = false;
      if (stream.wakeWriter()) {
        left -= YamuxStream.MAX_PAYLOAD_BYTES;
      }
    }
  }

  /** Takes a frame over. It leaves after {@link #kick}, with the next one's, if not before. */
  void add(ByteBuf frame) {
    frames.add(frame);
    if (isSealed) {
      // Either this finds what was just added, or whoever sealed it does.
      discard();
    }
  }

  /** Has the event loop send what there is. */
  void kick() {
    if (!frames.isEmpty() && !draining.get() && draining.compareAndSet(false, true)) {
      if (channel.eventLoop().inEventLoop()) {
        drain();
      } else {
        channel.eventLoop().execute(this::drain);
      }
    }
  }

  /** The channel can take more again, or not. */
  void writabilityChanged() {
    if (draining.get() && channel.isWritable()) {
      drain();
    }
  }

  private void drain() {
    if (isInDrain) {
      return;
    }
    isInDrain = true;
    try {
      boolean isMore = drainOnce();
      while (!isMore) {
        draining.set(false);
        if (frames.isEmpty() || !draining.compareAndSet(false, true)) {
          return;
        }
        isMore = drainOnce();
      }
      if (channel.isWritable()) {
        // Reading has its turn.
        channel.eventLoop().execute(this::drain);
      }
    } finally {
      isInDrain = false;
    }
  }

  /** Writes up to a bound and flushes. Returns whether it stopped before the last frame. */
  private boolean drainOnce() {
    int written = 0;
    int freed = 0;
    boolean isMore = true;
    while (written < FLUSH_BYTES && (channel.isWritable() || isEnding)) {
      ByteBuf frame = frames.poll();
      if (frame == null) {
        isMore = false;
        break;
      }
      written += frame.readableBytes();
      int payload = FrameHeader.payloadBytes(frame);
      if (payload > 0) {
        freed += payload + FRAME_COST;
      }
      write(frame);
    }
    writeBatch();
    if (written > 0) {
      channel.flush();
    }
    if (freed > 0) {
      free(freed);
    }
    return isMore;
  }

  private void write(ByteBuf frame) {
    if (frame.readableBytes() > SMALL_BYTES) {
      writeBatch();
      channel.write(frame);
    } else if (batch == null) {
      batch = frame;
    } else {
      if (batch.writableBytes() < frame.readableBytes()) {
        batch = roomier(batch);
      }
      batch.writeBytes(frame);
      frame.release();
    }
  }

  private ByteBuf roomier(ByteBuf full) {
    ByteBuf empty = channel.alloc().directBuffer(BATCH_BYTES);
    if (full.readableBytes() > SMALL_BYTES) {
      channel.write(full);
    } else {
      empty.writeBytes(full);
      full.release();
    }
    return empty;
  }

  private void writeBatch() {
    if (batch != null) {
      channel.write(batch);
      batch = null;
    }
  }

  /**
   * Sends what there is, whether or not the channel is writable, and this behind it; then closes
   * the channel. What is added later is dropped.
   */
  void end(ByteBuf goAway) {
    isEnding = true;
    while (drainOnce()) {
      // Ends soon: streams that are over add nothing.
    }
    abandon();
    channel.writeAndFlush(goAway).addListener(ChannelFutureListener.CLOSE);
  }

  /** Drops what there is and adds nothing any more. */
  void abandon() {
    isSealed = true;
    discard();
  }

  private void discard() {
    for (ByteBuf frame = frames.poll(); frame != null; frame = frames.poll()) {
      frame.release();
    }
  }

  /** Whether all is handed to the channel. */
  boolean isEmpty() {
    return frames.isEmpty();
  }
}
