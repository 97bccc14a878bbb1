package io.github.cachemesh.libp2p.muxer.yamux;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.libp2p.muxer.yamux.KeepAlive.Beat;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class KeepAliveTest {
  private static final Duration INTERVAL = Duration.ofSeconds(30);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private final KeepAlive keepAlive = new KeepAlive(INTERVAL, TIMEOUT);

  @Test
  void pingsAgainAfterAnAnswer() {
    assertThat(keepAlive.beat(0)).isEqualTo(new Beat.Ping(1, TIMEOUT));
    keepAlive.heard();
    keepAlive.pong(1, 5);
    assertThat(keepAlive.beat(10)).isEqualTo(new Beat.Wait(INTERVAL));
    assertThat(keepAlive.beat(20)).isEqualTo(new Beat.Ping(2, TIMEOUT));
  }

  @Test
  void silenceAfterAPingIsTheEnd() {
    keepAlive.beat(0);
    assertThat(keepAlive.beat(10)).isEqualTo(new Beat.Dead());
  }

  @Test
  void otherBytesProveLifeOncePerTimeout() {
    keepAlive.beat(0);
    keepAlive.heard();
    assertThat(keepAlive.beat(10)).isEqualTo(new Beat.Wait(TIMEOUT));
    assertThat(keepAlive.beat(20)).isEqualTo(new Beat.Dead());
  }

  @Test
  void roundTripIsSmoothed() {
    assertThat(keepAlive.roundTripNanos()).isZero();
    keepAlive.pong(keepAlive.ping(100), 300);
    assertThat(keepAlive.roundTripNanos()).isEqualTo(200);
    keepAlive.pong(keepAlive.ping(1_000), 1_400);
    assertThat(keepAlive.roundTripNanos()).isEqualTo(300);
  }

  @Test
  void onlyTheAnswerToTheLastPingCounts() {
    int first = keepAlive.ping(0);
    keepAlive.pong(first + 1, 10);
    assertThat(keepAlive.roundTripNanos()).isZero();
    keepAlive.pong(first, 20);
    keepAlive.pong(first, 9_000);
    assertThat(keepAlive.roundTripNanos()).isEqualTo(20);
  }

  @Test
  void measuresOnceUntilItIsKnown() {
    assertThat(keepAlive.isMeasurementDue()).isTrue();
    int ping = keepAlive.ping(0);
    assertThat(keepAlive.isMeasurementDue()).isFalse();
    keepAlive.pong(ping, 0);
    assertThat(keepAlive.roundTripNanos()).as("known, even if the clock stood still").isEqualTo(1);
    assertThat(keepAlive.isMeasurementDue()).isFalse();
  }
}
