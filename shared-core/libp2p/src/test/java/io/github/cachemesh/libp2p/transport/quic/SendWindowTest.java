package io.github.cachemesh.libp2p.transport.quic;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SendWindowTest {
  private final SendWindow window = new SendWindow();

  private CompletableFuture<Void> acquire(int bytes) {
    CompletableFuture<Void> acquired = new CompletableFuture<>();
    Thread.startVirtualThread(
        () -> {
          try {
            window.acquire(bytes);
            acquired.complete(null);
          } catch (IOException e) {
            acquired.completeExceptionally(e);
          }
        });
    return acquired;
  }

  @Test
  void writerWaitsWhenItIsFull() throws Exception {
    window.acquire(SendWindow.MAX_BYTES);
    CompletableFuture<Void> waiting = acquire(1);
    assertThat(waiting).isNotDone();
    window.release(1);
    assertThat(waiting).succeedsWithin(10, SECONDS);
  }

  @Test
  void failureEndsWaiting() throws Exception {
    window.acquire(SendWindow.MAX_BYTES);
    CompletableFuture<Void> waiting = acquire(1);
    IOException reason = new IOException("no more");
    window.fail(reason);
    window.fail(new IOException("later"));
    assertThat(waiting).failsWithin(10, SECONDS).withThrowableThat().withCause(reason);
    assertThatThrownBy(() -> window.acquire(1)).isSameAs(reason);
  }

  @Test
  void interruptedWriterTakesNothing() throws Exception {
    window.acquire(SendWindow.MAX_BYTES);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> window.acquire(1)).isInstanceOf(InterruptedIOException.class);
    assertThat(Thread.interrupted()).isTrue();
    window.release(SendWindow.MAX_BYTES);
    window.acquire(SendWindow.MAX_BYTES);
  }
}
