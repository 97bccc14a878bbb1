package io.github.cachemesh.core.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WriteBehindTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(20);

  private final WriteBehind writes = new WriteBehind("test");
  private final List<Integer> written = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch released = new CountDownLatch(1);

  @AfterEach
  void release() {
    released.countDown();
    writes.close(LONG);
  }

  private void occupyWriter() {
    CountDownLatch started = new CountDownLatch(1);
    writes.offer(
        0,
        () -> {
          started.countDown();
          await(released);
        });
    await(started);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void writesRunInOrderAndAreDoneAfterAFlush() {
    IntStream.range(0, 100).forEach(i -> writes.offer(1, () -> written.add(i)));
    assertThat(writes.flush(LONG)).isTrue();
    assertThat(written).isEqualTo(IntStream.range(0, 100).boxed().toList());
  }

  @Test
  void aWriteBeyondTheBoundIsDeclined() {
    occupyWriter();
    long accepted = IntStream.range(0, 2000).filter(i -> writes.offer(0, () -> {})).count();
    assertThat(accepted).isEqualTo(WriteBehind.MAX_WRITES - 1);
  }

  @Test
  void bytesAreBoundedUntilTheyAreWritten() {
    occupyWriter();
    assertThat(writes.offer(WriteBehind.MAX_BYTES, () -> {})).isTrue();
    assertThat(writes.offer(1, () -> {})).isFalse();
    released.countDown();
    assertThat(writes.flush(LONG)).isTrue();
    assertThat(writes.offer(1, () -> {})).isTrue();
  }

  @Test
  void aFlushGivesUpAtItsLimit() {
    occupyWriter();
    assertThat(writes.flush(SHORT)).isFalse();
  }

  @Test
  void aFailedWriteDoesNotStopTheNext() {
    writes.offer(
        0,
        () -> {
          throw new IllegalStateException("expected by this test");
        });
    writes.offer(0, () -> written.add(1));
    assertThat(writes.flush(LONG)).isTrue();
    assertThat(written).containsExactly(1);
  }

  @Test
  void closingWritesWhatWasAcceptedAndNothingMore() {
    writes.offer(0, () -> written.add(1));
    assertThat(writes.close(LONG)).isZero();
    assertThat(writes.offer(0, () -> written.add(2))).isFalse();
    assertThat(written).containsExactly(1);
  }

  @Test
  void closingTellsHowManyWritesWereGivenUp() {
    occupyWriter();
    writes.offer(0, () -> written.add(1));
    assertThat(writes.close(SHORT)).isEqualTo(2);
    assertThat(written).isEmpty();
  }
}
