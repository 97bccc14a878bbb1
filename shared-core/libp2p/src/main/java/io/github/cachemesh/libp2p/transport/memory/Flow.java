package io.github.cachemesh.libp2p.transport.memory;

import io.github.cachemesh.libp2p.transport.memory.LinkConditions.Passage;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.Ticker;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that are on their way in one direction of a connection, in order: at most {@link
 * #CAPACITY_BYTES} and one message, as if it were the peers' socket buffers. Thread-safe, for one
 * writer and one reader.
 */
final class Flow {
  static final int CAPACITY_BYTES = 256 << 10;

  private record Parcel(ByteBuf bytes, long arrivalNanos) {}

  private final Link link;
  private final Ticker ticker;
  private final ArrayDeque<Parcel> parcels = new ArrayDeque<>(1);
  private int size;
  private long lastArrivalNanos = Long.MIN_VALUE;
  private boolean ended;
  private boolean abandoned;
  private boolean writerWaits;

  Flow(Link link, Ticker ticker) {
    this.link = link;
    this.ticker = ticker;
  }

  /**
   * Asked by the writer before it sends; if not, it is resumed when there is room again.
   *
   * @throws ClosedChannelException when the reader has gone
   */
  synchronized boolean hasRoom() throws ClosedChannelException {
    if (abandoned) {
      throw new ClosedChannelException();
    }
    writerWaits = size >= CAPACITY_BYTES;
    return !writerWaits;
  }

  /**
   * Takes the buffer over.
   *
   * @return in how many nanoseconds it arrives
   */
  synchronized long send(ByteBuf bytes) {
    if (abandoned) {
      bytes.release();
      return 0;
    }
    size += bytes.readableBytes();
    long delay = nextArrival();
    parcels.add(new Parcel(bytes, lastArrivalNanos));
    return delay;
  }

  /**
   * The writer sends no more.
   *
   * @return in how many nanoseconds the reader learns of it
   */
  synchronized long end() {
    ended = true;
    return nextArrival();
  }

  private long nextArrival() {
    long now = ticker.nanoTime();
    lastArrivalNanos = Math.max(lastArrivalNanos, now + link.delayNanos());
    return lastArrivalNanos - now;
  }

  /** The next that has arrived; the caller releases it. */
  synchronized @Nullable ByteBuf receive() {
    Parcel next = parcels.peek();
    if (next == null || !hasArrived(next.arrivalNanos())) {
      return null;
    }
    parcels.remove();
    size -= next.bytes().readableBytes();
    return next.bytes();
  }

  private boolean hasArrived(long arrivalNanos) {
    return arrivalNanos <= ticker.nanoTime() && !link.is(Passage.CUT);
  }

  /** Whether all was received and no more comes. */
  synchronized boolean isOver() {
    return ended && parcels.isEmpty() && hasArrived(lastArrivalNanos);
  }

  /** Whether the writer waits and is to be resumed now; it is asked once. */
  synchronized boolean wakesWriter() {
    boolean wakes = writerWaits && (abandoned || size <= CAPACITY_BYTES / 2);
    writerWaits &= !wakes;
    return wakes;
  }

  /** The reader has gone: what is on its way is dropped. */
  synchronized void abandon() {
    abandoned = true;
    parcels.forEach(parcel -> parcel.bytes().release());
    parcels.clear();
    size = 0;
  }
}
