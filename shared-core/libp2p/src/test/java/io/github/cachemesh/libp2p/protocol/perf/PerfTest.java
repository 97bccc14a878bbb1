package io.github.cachemesh.libp2p.protocol.perf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.cachemesh.libp2p.core.ProtocolViolationException;
import io.github.cachemesh.libp2p.core.StreamPair;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PerfTest {
  private final AtomicLong clock = new AtomicLong();
  private final Perf perf = new Perf(() -> clock.getAndAdd(1_000_000_000));

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 0", "0, 1", "65536, 65537", "3000000, 200000"})
  void anyAmountsGoUpAndDown(long upload, long download) throws IOException {
    StreamPair pair = new StreamPair(Perf.ID).answeredBy(perf);

    assertThat(perf.measure(pair.connection(), upload, download))
        .isEqualTo(new Perf.Measurement(Duration.ofSeconds(1), Duration.ofSeconds(1)));
  }

  @Test
  void peerThatSendsAnotherAmountIsRefused() {
    StreamPair pair =
        new StreamPair(Perf.ID).answeredBy(stream -> stream.write(ByteBuffer.allocate(9)));

    assertThatExceptionOfType(ProtocolViolationException.class)
        .isThrownBy(() -> perf.measure(pair.connection(), 0, 10))
        .withMessageContaining("10 bytes were asked for, 9 came");
  }

  @Test
  void streamWithoutARequestIsEnded() throws IOException {
    StreamPair pair = new StreamPair(Perf.ID);
    pair.dialer().closeWrite();

    perf.handle(pair.listener());

    assertThat(pair.listener().resetBy()).isNull();
  }
}
