package io.github.cachemesh.libp2p.host;

import io.github.cachemesh.libp2p.core.MuxedConnection;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * At most so many attempts to connect run at a time, the others in the order in which they came. As
 * many wait as there are dials, times attempts per peer. Thread-safe; does not block.
 */
final class AttemptSlots {
  private final Queue<Attempt> waiting = new ArrayDeque<>(1);
  private int free;
  private boolean starting;

  AttemptSlots(int slots) {
    free = slots;
  }

  /** Cancelling the result cancels what was started, or never starts it. */
  CompletableFuture<MuxedConnection> submit(Supplier<CompletableFuture<MuxedConnection>> dial) {
    Attempt attempt = new Attempt(dial);
    synchronized (this) {
      waiting.add(attempt);
    }
    startSome();
    return attempt;
  }

  /** One thread at a time, in a loop: attempts that end at once must not nest. */
  private void startSome() {
    boolean first = true;
    for (Attempt next = next(first); next != null; next = next(first)) {
      first = false;
      next.start();
    }
  }

  private synchronized @Nullable Attempt next(boolean first) {
    if (first && starting) {
      return null;
    }
    Attempt next = free == 0 ? null : waiting.poll();
    starting = next != null;
    if (starting) {
      free--;
    }
    return next;
  }

  private void ended() {
    synchronized (this) {
      free++;
    }
    startSome();
  }

  private synchronized void forget(Attempt attempt) {
    waiting.remove(attempt);
  }

  private final class Attempt extends CompletableFuture<MuxedConnection> {
    private final Supplier<CompletableFuture<MuxedConnection>> dial;

    Attempt(Supplier<CompletableFuture<MuxedConnection>> dial) {
      this.dial = dial;
    }

    void start() {
      CompletableFuture<MuxedConnection> started;
      try {
        started = dial.get();
      } catch (RuntimeException e) {
        started = CompletableFuture.failedFuture(e);
      }
      CompletableFuture<MuxedConnection> dialed = started;
      dialed.whenComplete(
          (connection, failure) -> {
            ended();
            if (failure != null) {
              completeExceptionally(failure);
            } else if (!complete(connection)) {
              connection.close();
            }
          });
      whenComplete(
          (_, _) -> {
            if (isCancelled()) {
              dialed.cancel(true);
            }
          });
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
      forget(this);
      return super.cancel(mayInterruptIfRunning);
    }
  }
}
