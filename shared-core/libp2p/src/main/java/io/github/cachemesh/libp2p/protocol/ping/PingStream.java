package io.github.cachemesh.libp2p.protocol.ping;

import io.github.cachemesh.libp2p.core.ProtocolViolationException;
import io.github.cachemesh.libp2p.core.Stream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** A stream for one ping after the other. For one thread. */
public final class PingStream implements AutoCloseable {
  private final Stream stream;
  private final RandomGenerator random;
  private final LongSupplier nanoTime;
  private final byte[] payload = new byte[Ping.PAYLOAD_BYTES];
  private final ByteBuffer answer = ByteBuffer.allocate(Ping.PAYLOAD_BYTES);

  PingStream(Stream stream, RandomGenerator random, LongSupplier nanoTime) {
    this.stream = stream;
    this.random = random;
    this.nanoTime = nanoTime;
  }

  /**
   * @return the round trip; that of the first ping may hold the negotiation of the protocol
   * @throws io.github.cachemesh.libp2p.core.DeadlineExceededException after 10 s
   * @throws ProtocolViolationException when the answer is not what was sent; the stream is reset
   */
  public Duration ping() throws IOException {
    stream.deadline(Ping.LIMIT);
    random.nextBytes(payload);
    long sentNanos = nanoTime.getAsLong();
    stream.write(ByteBuffer.wrap(payload));
    if (!stream.readFully(answer.clear())) {
      throw new EOFException("the peer ended the stream instead of answering a ping");
    }
    Duration roundTrip = Duration.ofNanos(nanoTime.getAsLong() - sentNanos);
    if (!answer.flip().equals(ByteBuffer.wrap(payload))) {
      ProtocolViolationException wrong =
          new ProtocolViolationException("a ping was answered with other bytes");
      stream.reset(wrong);
      throw wrong;
    }
    return roundTrip;
  }

  @Override
  public void close() {
    stream.close();
  }
}
