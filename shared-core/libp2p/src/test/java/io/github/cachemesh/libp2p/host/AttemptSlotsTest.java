package io.github.cachemesh.libp2p.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.libp2p.core.MuxedConnection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class AttemptSlotsTest {
  private final AttemptSlots slots = new AttemptSlots(1);
  private final List<CompletableFuture<MuxedConnection>> started = new ArrayList<>();

  @Test
  void theNextStartsWhenOneEnds() {
    CompletableFuture<MuxedConnection> first = slots.submit(this::dial);
    slots.submit(this::dial);
    assertThat(started).hasSize(1);

    started.getFirst().completeExceptionally(new IOException("refused"));

    assertThat(first).isCompletedExceptionally();
    assertThat(started).hasSize(2);
  }

  @Test
  void whatIsCancelledWhileItWaitsIsNeverStarted() {
    slots.submit(this::dial);
    CompletableFuture<MuxedConnection> second = slots.submit(this::dial);
    slots.submit(this::dial);

    second.cancel(true);
    started.getFirst().completeExceptionally(new IOException("refused"));
    started.getLast().completeExceptionally(new IOException("refused"));

    assertThat(started).hasSize(2);
  }

  @Test
  void whatIsCancelledLaterIsCancelledWhereItRuns() {
    slots.submit(this::dial).cancel(true);

    assertThat(started.getFirst()).isCancelled();
  }

  @Test
  void manyThatFailAtOnceDoNotNest() {
    CompletableFuture<MuxedConnection> first = slots.submit(this::dial);
    Supplier<CompletableFuture<MuxedConnection>> failing =
        () -> CompletableFuture.failedFuture(new IOException("refused"));
    List<CompletableFuture<MuxedConnection>> others = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      others.add(slots.submit(failing));
    }

    started.getFirst().completeExceptionally(new IOException("refused"));

    assertThat(first).isCompletedExceptionally();
    assertThat(others).allMatch(CompletableFuture::isCompletedExceptionally);
  }

  @Test
  void anAttemptThatCannotBeStartedFails() {
    CompletableFuture<MuxedConnection> broken =
        slots.submit(
            () -> {
              throw new IllegalStateException("closed");
            });
    slots.submit(this::dial);

    assertThat(broken).isCompletedExceptionally();
    assertThat(started).hasSize(1);
  }

  private CompletableFuture<MuxedConnection> dial() {
    CompletableFuture<MuxedConnection> result = new CompletableFuture<>();
    started.add(result);
    return result;
  }
}
