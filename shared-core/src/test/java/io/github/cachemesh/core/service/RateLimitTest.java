package io.github.cachemesh.core.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimitTest {
  private final AtomicLong nanos = new AtomicLong();
  private final RateLimit limit = new RateLimit(2, nanos::get);

  @Test
  void noMoreThanTheBucketHoldsIsTaken() {
    assertThat(limit.take("a")).isTrue();
    assertThat(limit.take("a")).isTrue();
    assertThat(limit.take("a")).isFalse();
  }

  @Test
  void timeFillsTheBucketAgain() {
    limit.take("a");
    limit.take("a");
    nanos.addAndGet(Duration.ofSeconds(29).toNanos());
    assertThat(limit.take("a")).isFalse();
    nanos.addAndGet(Duration.ofSeconds(2).toNanos());

    assertThat(limit.take("a")).isTrue();
    assertThat(limit.take("a")).isFalse();
  }

  @Test
  void eachKeyHasItsOwnBucket() {
    limit.take("a");
    limit.take("a");

    assertThat(limit.take("b")).isTrue();
  }

  @Test
  void bucketsThatWereUsedLongestAgoAreForgotten() {
    limit.take("a");
    limit.take("a");
    for (int i = 0; i < RateLimit.MAX_KEYS - 1; i++) {
      limit.take("other " + i);
    }
    assertThat(limit.take("a")).isFalse();
    for (int i = 0; i < RateLimit.MAX_KEYS; i++) {
      limit.take("another " + i);
    }

    assertThat(limit.take("a")).isTrue();
  }
}
