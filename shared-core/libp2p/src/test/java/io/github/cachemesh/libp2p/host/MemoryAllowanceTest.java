package io.github.cachemesh.libp2p.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class MemoryAllowanceTest {
  private final MemoryAllowance allowance = new MemoryAllowance(10);

  @Test
  void grantsWhatIsLeft() {
    assertThat(allowance.reserve(6)).isTrue();
    assertThat(allowance.reserve(5)).isFalse();
    assertThat(allowance.reserve(4)).isTrue();
    assertThat(allowance.usedBytes()).isEqualTo(10);
    assertThat(allowance.refusals()).isEqualTo(1);
  }

  @Test
  void whatIsReleasedIsGrantedAgain() {
    allowance.reserve(10);
    allowance.release(3);
    assertThat(allowance.reserve(3)).isTrue();
  }

  @Test
  void aHugeReservationDoesNotOverflow() {
    allowance.reserve(1);
    assertThat(allowance.reserve(Long.MAX_VALUE)).isFalse();
  }

  @Test
  void nothingIsNoReservation() {
    assertThatIllegalArgumentException().isThrownBy(() -> allowance.reserve(0));
  }
}
