package io.github.cachemesh.libp2p.protocol.ping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.cachemesh.libp2p.core.ProtocolViolationException;
import io.github.cachemesh.libp2p.core.StreamPair;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PingTest {
  private final AtomicLong clock = new AtomicLong();
  private final Ping ping = new Ping(new Random(1), () -> clock.getAndAdd(5_000_000));

  @Test
  void roundTripIsTheTimeBetweenPayloadAndEcho() throws IOException {
    StreamPair pair = new StreamPair(Ping.ID).answeredBy(ping);

    assertThat(ping.ping(pair.connection())).isEqualTo(Duration.ofMillis(5));
    assertThat(pair.dialer().isWriteClosed()).isTrue();
  }

  @Test
  void oneStreamCarriesManyPings() throws IOException {
    StreamPair pair = new StreamPair(Ping.ID).answeredBy(ping);

    try (PingStream stream = ping.open(pair.connection())) {
      for (int i = 0; i < 10; i++) {
        assertThat(stream.ping()).isEqualTo(Duration.ofMillis(5));
      }
    }
  }

  @Test
  void payloadCutIntoPiecesIsEchoedWhole() throws IOException {
    StreamPair pair = new StreamPair(Ping.ID).answeredBy(ping);
    byte[] payload = new byte[Ping.PAYLOAD_BYTES];
    new Random(2).nextBytes(payload);

    pair.dialer().write(ByteBuffer.wrap(payload, 0, 7));
    pair.dialer().write(ByteBuffer.wrap(payload, 7, 25));

    ByteBuffer echo = ByteBuffer.allocate(payload.length);
    assertThat(pair.dialer().readFully(echo)).isTrue();
    assertThat(echo.array()).isEqualTo(payload);
  }

  @Test
  void wrongEchoResetsTheStream() {
    StreamPair pair =
        new StreamPair(Ping.ID)
            .answeredBy(ping)
            .answersChangedBy(echo -> echo.put(0, (byte) ~echo.get(0)));

    assertThatExceptionOfType(ProtocolViolationException.class)
        .isThrownBy(() -> ping.ping(pair.connection()));
    assertThat(pair.dialer().resetBy()).isInstanceOf(ProtocolViolationException.class);
  }

  @Test
  void peerThatEndsTheStreamDidNotAnswer() {
    StreamPair pair = new StreamPair(Ping.ID).answeredBy(_ -> {});

    assertThatExceptionOfType(EOFException.class)
        .isThrownBy(() -> ping.ping(pair.connection()))
        .withMessageContaining("instead of answering");
  }

  @Test
  void handlerEndsWithThePeersFlow() throws IOException {
    StreamPair pair = new StreamPair(Ping.ID);
    pair.dialer().closeWrite();

    ping.handle(pair.listener());

    assertThat(pair.listener().resetBy()).isNull();
  }

  @Test
  void partOfAPayloadIsAnError() throws IOException {
    StreamPair pair = new StreamPair(Ping.ID);
    pair.dialer().write(ByteBuffer.allocate(31));
    pair.dialer().closeWrite();

    assertThatExceptionOfType(EOFException.class).isThrownBy(() -> ping.handle(pair.listener()));
  }
}
