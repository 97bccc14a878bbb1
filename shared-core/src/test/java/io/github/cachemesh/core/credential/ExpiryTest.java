package io.github.cachemesh.core.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExpiryTest {
  private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

  @Test
  void valueHasExpiredFromItsMomentOn() {
    Expiry expiry = Expiry.after(NOON, Duration.ofHours(1));

    assertThat(expiry.isPast(NOON.plusSeconds(3599))).isFalse();
    assertThat(expiry.isPast(NOON.plusSeconds(3600))).isTrue();
    assertThat(new Expiry.Never().isPast(Instant.MAX)).isFalse();
  }

  @Test
  void noLifeIsNotForEver() {
    for (Duration life :
        List.of(Duration.ZERO, Duration.ofHours(-1), Expiry.MAX_LIFE.plusSeconds(1))) {
      assertThatThrownBy(() -> Expiry.after(NOON, life))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void textAndExpiryAreOne() {
    for (String text : List.of("never", "2026-11-01T12:00:00Z", "9999-12-31T23:59:59Z")) {
      assertThat(Expiry.parse(text)).hasToString(text);
    }
    assertThatThrownBy(() -> Expiry.parse("soon")).isInstanceOf(DateTimeException.class);
  }

  @Test
  void momentThatIsNoYearOfOursIsRefused() {
    for (Instant far : List.of(Instant.MIN, Instant.parse("1969-12-31T23:59:59Z"), Instant.MAX)) {
      assertThatThrownBy(() -> new Expiry.At(far)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
