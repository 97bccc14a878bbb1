package io.github.cachemesh.libp2p.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BackOffTest {
  private static final Instant NOW = Instant.EPOCH;
  private static final Multiaddr ADDRESS = Multiaddr.parse("/memory/1");

  private final BackOff backOff = new BackOff(Duration.ofSeconds(5), Duration.ofMinutes(5));

  @Test
  void anAddressThatNeverFailedMayBeTried() {
    assertThat(backOff.remaining(null, ADDRESS, NOW)).isEmpty();
  }

  @Test
  void theDelayGrowsWithEachFailure() {
    backOff.failed(null, ADDRESS, NOW);
    assertThat(backOff.remaining(null, ADDRESS, NOW)).contains(Duration.ofSeconds(5));
    backOff.failed(null, ADDRESS, NOW);
    assertThat(backOff.remaining(null, ADDRESS, NOW)).contains(Duration.ofSeconds(6));
    backOff.failed(null, ADDRESS, NOW);
    assertThat(backOff.remaining(null, ADDRESS, NOW)).contains(Duration.ofSeconds(9));
  }

  @Test
  void theDelayHasABound() {
    for (int i = 0; i < 1000; i++) {
      backOff.failed(null, ADDRESS, NOW);
    }
    assertThat(backOff.remaining(null, ADDRESS, NOW)).contains(Duration.ofMinutes(5));
  }

  @Test
  void itMayBeTriedWhenTheDelayIsOver() {
    backOff.failed(null, ADDRESS, NOW);
    assertThat(backOff.remaining(null, ADDRESS, NOW.plusSeconds(5))).isEmpty();
  }

  @Test
  void successForgetsFailures() {
    backOff.failed(null, ADDRESS, NOW);
    backOff.failed(null, ADDRESS, NOW);
    backOff.succeeded(null, ADDRESS);
    backOff.failed(null, ADDRESS, NOW);
    assertThat(backOff.remaining(null, ADDRESS, NOW)).contains(Duration.ofSeconds(5));
  }

  @Test
  void oldFailuresAreForgotten() {
    backOff.failed(null, ADDRESS, NOW);
    backOff.failed(null, ADDRESS, NOW);
    Instant later = NOW.plus(Duration.ofMinutes(6));
    backOff.failed(null, ADDRESS, later);
    assertThat(backOff.remaining(null, ADDRESS, later)).contains(Duration.ofSeconds(5));
  }

  @Test
  void beyondTheBoundTheOldestIsForgotten() {
    backOff.failed(null, ADDRESS, NOW);
    for (int i = 0; i < BackOff.MAX_ADDRESSES; i++) {
      assertThat(backOff.remaining(null, ADDRESS, NOW)).isPresent();
      backOff.failed(null, Multiaddr.parse("/memory/" + (i + 2)), NOW);
    }
    assertThat(backOff.remaining(null, ADDRESS, NOW)).isEmpty();
  }
}
