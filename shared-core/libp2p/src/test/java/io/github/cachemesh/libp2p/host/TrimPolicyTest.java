package io.github.cachemesh.libp2p.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.cachemesh.libp2p.host.TrimPolicy.Candidate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrimPolicyTest {
  private static final Instant NOW = Instant.EPOCH.plus(Duration.ofHours(1));

  private final TrimPolicy policy =
      new TrimPolicy(1, 2, Duration.ofSeconds(20), Duration.ofSeconds(10));

  @Test
  void upToTheHighMarkAllStay() {
    assertThat(policy.victims(List.of(old("a", 0), old("b", 0)), NOW)).isEmpty();
  }

  @Test
  void aboveItTheLeastValuedGoDownToTheLowMark() {
    assertThat(policy.victims(List.of(old("a", 2), old("b", -1), old("c", 1)), NOW))
        .containsExactly("b", "c");
  }

  @Test
  void ofOneValueThoseWithoutStreamsGoFirstAndThenTheYoungest() {
    assertThat(
            policy.victims(
                List.of(
                    candidate("streams", 30, 1, 0, false),
                    candidate("oldest", 90, 0, 0, false),
                    candidate("young", 40, 0, 0, false)),
                NOW))
        .containsExactly("young", "oldest");
  }

  @Test
  void protectedAndNewOnesStayEvenIfTooManyAreLeft() {
    assertThat(
            policy.victims(
                List.of(
                    candidate("protected", 90, 0, -5, true),
                    candidate("new", 19, 0, -5, false),
                    candidate("other", 20, 0, 5, false)),
                NOW))
        .containsExactly("other");
  }

  @Test
  void theHighMarkIsNotBelowTheLow() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TrimPolicy(2, 1, Duration.ZERO, Duration.ofSeconds(1)))
        .withMessageContaining("high mark");
  }

  private static Candidate<String> old(String name, long value) {
    return candidate(name, 60, 0, value, false);
  }

  private static Candidate<String> candidate(
      String name, int ageSeconds, int streams, long value, boolean isProtected) {
    return new Candidate<>(name, NOW.minusSeconds(ageSeconds), streams, value, isProtected);
  }
}
