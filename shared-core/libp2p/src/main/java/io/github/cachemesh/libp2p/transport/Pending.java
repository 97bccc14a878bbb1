package io.github.cachemesh.libp2p.transport;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Work that has not ended: at most a given number of futures, which can be given up together.
 * Thread-safe; does not block.
 */
public final class Pending {
  private final Semaphore slots;
  private final Set<CompletableFuture<?>> futures = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /**
   * @param max how many may be pending at a time
   */
  public Pending(int max) {
    slots = new Semaphore(max);
  }

  /**
   * @return the work's result; empty, and nothing begun, when as many as may be are pending or this
   *     is closed
   */
  public <T> Optional<CompletableFuture<T>> start(Supplier<CompletableFuture<T>> work) {
    if (closed || !slots.tryAcquire()) {
      return Optional.empty();
    }
    CompletableFuture<T> future;
    try {
      future = work.get();
    } catch (RuntimeException e) {
      slots.release();
      throw e;
    }
    futures.add(future);
    future.whenComplete(
        (_, _) -> {
          futures.remove(future);
          slots.release();
        });
    if (closed) {
      future.cancel(false);
    }
    return Optional.of(future);
  }

  public boolean isClosed() {
    return closed;
  }

  /** Cancels what is pending and begins nothing more. May be called again. */
  public void close() {
    closed = true;
    futures.forEach(future -> future.cancel(false));
  }
}
