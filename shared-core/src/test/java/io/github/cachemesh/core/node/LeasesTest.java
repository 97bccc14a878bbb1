package io.github.cachemesh.core.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.core.proxy.ProxyServer;
import io.github.cachemesh.core.stats.StatisticsReport;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeasesTest {
  private static final Duration LINGER = Duration.ofMinutes(10);

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private List<HeldLease> remembered = List.of();
  private final Leases leases =
      new Leases(
          LINGER,
          () -> now,
          LeasesTest::nothingCounted,
          new LeaseListeners(LeasesTest::noProxy, new SecureRandom()),
          held -> remembered = held);

  private static StatisticsReport nothingCounted() {
    return StatisticsReport.parse("{}");
  }

  private static ProxyServer noProxy() {
    throw new AssertionError("no lease here asks for a listener");
  }

  private boolean acquire(String runner) {
    return leases.acquire(LeaseRequest.of(runner)) instanceof Leases.Acquisition.Granted;
  }

  private int count() {
    return leases.list().size();
  }

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
    acquire("a");
    pass(LINGER.multipliedBy(3));
    assertThat(leases.endIfUnused()).isFalse();
  }

  @Test
  void nodeLingersAfterTheLastLease() {
    acquire("a");
    acquire("b");
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
    acquire("a");
    pass(LINGER);
    assertThat(leases.endIfUnused()).isFalse();
  }

  @Test
  void runnerHasOneLease() {
    acquire("a");
    acquire("a");
    assertThat(count()).isOne();
    assertThat(leases.release("a")).isPresent();
    assertThat(leases.release("a")).isEmpty();
  }

  @Test
  void leaseOfAKilledJobIsOverAfterTheLongestJob() {
    acquire("killed");
    pass(Leases.MAX_AGE.plusNanos(1));
    assertThat(count()).isZero();
    assertThat(remembered).isEmpty();
    pass(LINGER);
    assertThat(leases.endIfUnused()).isTrue();
  }

  @Test
  void newJobOfARunnerBeginsItsLeaseAnew() {
    acquire("a");
    pass(Leases.MAX_AGE);
    acquire("a");
    pass(Leases.MAX_AGE);
    assertThat(count()).isOne();
  }

  @Test
  void thereIsABound() {
    for (int i = 0; i < Leases.MAX_LEASES; i++) {
      assertThat(acquire("r" + i)).isTrue();
    }
    assertThat(leases.acquire(LeaseRequest.of("one-more")))
        .isEqualTo(new Leases.Acquisition.Refused("a node gives 1024 leases at most"));
    assertThat(acquire("r0")).isTrue();
  }

  @Test
  void endedNodeGivesNoLease() {
    leases.end();
    assertThat(leases.acquire(LeaseRequest.of("a"))).isEqualTo(new Leases.Acquisition.Ending());
  }

  @Test
  void nodeThatIsUsedDoesNotEndAtOnce() {
    acquire("a");
    assertThat(leases.endIfFree()).isFalse();
    assertThat(acquire("b")).isTrue();
  }

  @Test
  void nodeThatEndsBecauseItIsFreeGivesNoLease() {
    acquire("a");
    leases.release("a");
    assertThat(leases.endIfFree()).isTrue();
    assertThat(acquire("b")).isFalse();
  }

  @Test
  void leasesOfACrashedNodeAreTakenUpButForThoseThatAreOver() {
    acquire("over");
    pass(Leases.MAX_AGE);
    acquire("young");
    List<HeldLease> left = remembered;
    pass(Duration.ofNanos(1));
    leases.release("young");
    leases.takeUp(left);

    assertThat(leases.list()).extracting(HeldLease::runner).containsExactly("young");
    pass(Leases.MAX_AGE);
    assertThat(count()).isZero();
  }
}
