package io.github.cachemesh.libp2p.protocol.perf;

import io.github.cachemesh.libp2p.core.Connection;
import io.github.cachemesh.libp2p.core.ProtocolHandler;
import io.github.cachemesh.libp2p.core.ProtocolId;
import io.github.cachemesh.libp2p.core.ProtocolViolationException;
import io.github.cachemesh.libp2p.core.Stream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Measures throughput; whoever answers it lets any peer use as much of the network as it likes, so
 * a host does so only where it is told to. Thread-safe.
 *
 * @see <a href="https://github.com/libp2p/specs/blob/master/perf/perf.md">perf</a>
 */
public final class Perf implements ProtocolHandler {
  public static final ProtocolId ID = new ProtocolId("/perf/1.0.0");

  /** Bytes that are read or written at once. */
  private static final int BLOCK_BYTES = 64 << 10;

  private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(BLOCK_BYTES).asReadOnlyBuffer();

  private final LongSupplier nanoTime;

  /**
   * @param nanoTime a clock like {@link System#nanoTime}
   */
  public Perf(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  public Perf() {
    this(System::nanoTime);
  }

  /** Takes all that the peer sends, then sends as much as it asked for. */
  @Override
  public void handle(Stream stream) throws IOException {
    ByteBuffer request = ByteBuffer.allocate(Long.BYTES);
    if (!stream.readFully(request)) {
      return;
    }
    drain(stream);
    send(stream, request.getLong(0));
  }

  /**
   * Sends some bytes and has the peer send others. Bounded by the amounts alone; {@link
   * Stream#deadline} is the peer's.
   *
   * @param uploadBytes at least 0
   * @param downloadBytes at least 0
   * @throws ProtocolViolationException when the peer sent another amount
   */
  public Measurement measure(Connection connection, long uploadBytes, long downloadBytes)
      throws IOException {
    try (Stream stream = connection.open(List.of(ID))) {
      long start = nanoTime.getAsLong();
      stream.write(ByteBuffer.allocate(Long.BYTES).putLong(0, downloadBytes));
      send(stream, uploadBytes);
      stream.closeWrite();
      // The peer answers once it has everything.
      ByteBuffer first = ByteBuffer.allocate(1);
      boolean answered = stream.readFully(first);
      long uploaded = nanoTime.getAsLong();
      long received = answered ? 1 + drain(stream) : 0;
      long downloaded = nanoTime.getAsLong();
      if (received != downloadBytes) {
        throw new ProtocolViolationException(
            "perf: " + downloadBytes + " bytes were asked for, " + received + " came");
      }
      return new Measurement(
          Duration.ofNanos(uploaded - start), Duration.ofNanos(downloaded - uploaded));
    }
  }

  /**
   * How long the two halves took.
   *
   * @param upload from the first byte sent until the first one came back, or the end
   * @param download the rest
   */
  public record Measurement(Duration upload, Duration download) {}

  private static void send(Stream stream, long bytes) throws IOException {
    // The amount is unsigned.
    for (long left = bytes; left != 0; ) {
      int block = Long.compareUnsigned(left, BLOCK_BYTES) < 0 ? (int) left : BLOCK_BYTES;
      stream.write(ZEROS.duplicate().limit(block));
      left -= block;
    }
  }

  private static long drain(Stream stream) throws IOException {
    ByteBuffer block = ByteBuffer.allocateDirect(BLOCK_BYTES);
    long total = 0;
    for (int count; (count = stream.read(block.clear())) >= 0; ) {
      total += count;
    }
    return total;
  }
}
