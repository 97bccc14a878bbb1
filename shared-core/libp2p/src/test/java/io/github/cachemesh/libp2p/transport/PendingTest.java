package io.github.cachemesh.libp2p.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PendingTest {
  private final Pending pending = new Pending(1);
  private final CompletableFuture<String> first = new CompletableFuture<>();

  @Test
  void noMoreThanTheBoundIsBegun() {
    assertThat(pending.start(() -> first)).contains(first);
    assertThat(pending.start(CompletableFuture::new)).isEmpty();
  }

  @Test
  void endOfOneMakesRoomForAnother() {
    pending.start(() -> first);
    first.complete("done");
    assertThat(pending.start(CompletableFuture::new)).isPresent();
  }

  @Test
  void failureToBeginMakesRoomForAnother() {
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                pending.start(
                    () -> {
                      throw new IllegalStateException("fault");
                    }));
    assertThat(pending.start(CompletableFuture::new)).isPresent();
  }

  @Test
  void closingCancelsAndBeginsNothingMore() {
    pending.start(() -> first);
    pending.close();
    assertThat(first).isCancelled();
    assertThat(pending.start(CompletableFuture::new)).isEmpty();
    assertThat(pending.isClosed()).isTrue();
  }
}
