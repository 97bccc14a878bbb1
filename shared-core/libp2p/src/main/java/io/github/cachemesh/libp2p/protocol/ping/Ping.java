package io.github.cachemesh.libp2p.protocol.ping;

import io.github.cachemesh.libp2p.core.Connection;
import io.github.cachemesh.libp2p.core.ProtocolHandler;
import io.github.cachemesh.libp2p.core.ProtocolId;
import io.github.cachemesh.libp2p.core.Stream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Measures the way to a peer and back, and echoes the peer's measurements. Thread-safe.
 *
 * @see <a href="https://github.com/libp2p/specs/blob/master/ping/ping.md">ping</a>
 */
public final class Ping implements ProtocolHandler {
  public static final ProtocolId ID = new ProtocolId("/ipfs/ping/1.0.0");

  static final int PAYLOAD_BYTES = 32;

  /** Bound on one payload's way, and on the pause between two. */
  static final Duration LIMIT = Duration.ofSeconds(10);

  private final RandomGenerator random;
  private final LongSupplier nanoTime;

  /**
   * @param random for payloads that a peer cannot guess
   * @param nanoTime a clock like {@link System#nanoTime}
   */
  public Ping(RandomGenerator random, LongSupplier nanoTime) {
    this.random = random;
    this.nanoTime = nanoTime;
  }

  public Ping() {
    this(new SecureRandom(), System::nanoTime);
  }

  /** Echoes until the peer ends its flow or pauses for more than 10 s. */
  @Override
  public void handle(Stream stream) throws IOException {
    ByteBuffer payload = ByteBuffer.allocate(PAYLOAD_BYTES);
    while (true) {
      stream.deadline(LIMIT);
      payload.clear();
      if (!stream.readFully(payload)) {
        return;
      }
      stream.write(payload.flip());
    }
  }

  /**
   * Opens the one stream that may be used for pings of this connection at a time; to be closed.
   *
   * @throws IOException as {@link Connection#open} does
   */
  public PingStream open(Connection connection) throws IOException {
    return new PingStream(connection.open(List.of(ID)), random, nanoTime);
  }

  /**
   * One ping on a stream of its own.
   *
   * @return the round trip without opening the stream
   * @throws IOException when the peer does not answer within 10 s, or wrongly
   */
  public Duration ping(Connection connection) throws IOException {
    try (PingStream stream = open(connection)) {
      return stream.ping();
    }
  }
}
