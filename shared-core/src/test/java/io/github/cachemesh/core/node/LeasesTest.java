package io.github.cachemesh.core.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LeasesTest {
  private static final Duration LINGER = Duration.ofMinutes(10);

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final Leases leases = new Leases(LINGER, () -> now);

  private void pass(Duration time) {
    now = now.plus(time);
  }

  @Test
  void nodeLingersBeforeTheFirstLease() {
    pass(LINGER.minusNanos(1));
    assertThat(leases.endIfUnused()).isFalse();
    pass(Duration.ofNanos(1));
    assertThat(leases.endIfUnused()).isTrue();
  }

  @Test
  void leaseKeepsTheNode() {
    leases.acquire("a");
    pass(LINGER.multipliedBy(3));
    assertThat(leases.endIfUnused()).isFalse();
  }

  @Test
  void nodeLingersAfterTheLastLease() {
    leases.acquire("a");
    leases.acquire("b");
    pass(LINGER);
    leases.release("a");
    pass(LINGER);
    leases.release("b");
    assertThat(leases.endIfUnused()).isFalse();
    pass(LINGER);
    assertThat(leases.endIfUnused()).isTrue();
  }

  @Test
  void leaseTakenWhileLingeringKeepsTheNode() {
    pass(LINGER.minusSeconds(1));
    leases.acquire("a");
    pass(LINGER);
    assertThat(leases.endIfUnused()).isFalse();
  }

  @Test
  void runnerHasOneLease() {
    leases.acquire("a");
    leases.acquire("a");
    assertThat(leases.size()).isOne();
    assertThat(leases.release("a")).isTrue();
    assertThat(leases.release("a")).isFalse();
  }

  @Test
  void leaseOfAKilledJobIsOverAfterTheLongestJob() {
    leases.acquire("killed");
    pass(Leases.MAX_AGE.plusNanos(1));
    assertThat(leases.size()).isZero();
    pass(LINGER);
    assertThat(leases.endIfUnused()).isTrue();
  }

  @Test
  void newJobOfARunnerBeginsItsLeaseAnew() {
    leases.acquire("a");
    pass(Leases.MAX_AGE);
    leases.acquire("a");
    pass(Leases.MAX_AGE);
    assertThat(leases.size()).isOne();
  }

  @Test
  void thereAreBounds() {
    assertThat(leases.acquire("")).isFalse();
    assertThat(leases.acquire("x".repeat(Leases.MAX_ID_LENGTH + 1))).isFalse();
    for (int i = 0; i < Leases.MAX_LEASES; i++) {
      assertThat(leases.acquire("x".repeat(Leases.MAX_ID_LENGTH - 4) + "%04d".formatted(i)))
          .isTrue();
    }
    assertThat(leases.acquire("one more")).isFalse();
    assertThat(leases.acquire("x".repeat(Leases.MAX_ID_LENGTH - 4) + "0000")).isTrue();
  }

  @Test
  void endedNodeGivesNoLease() {
    leases.end();
    assertThat(leases.acquire("a")).isFalse();
    assertThat(leases.areEnded()).isTrue();
  }
}
