package io.github.cachemesh.core.git;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Proves many things on several threads. Which doubt ends it does not depend on how they run: it is
 * the one of the lowest position.
 */
final class ParallelProof<T> {
  /** Proves the thing at a position, by tools that one thread has for itself. */
  @FunctionalInterface
  interface Step<T> {
    void prove(int at, T tools) throws Finding;
  }

  private record Doubt(int at, Finding finding) {}

  private final int size;
  private final int chunk;
  private final Step<T> step;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicReference<@Nullable Doubt> first = new AtomicReference<>();

  private ParallelProof(int size, int chunk, Step<T> step) {
    this.size = size;
    this.chunk = chunk;
    this.step = step;
  }

  /**
   * @param chunk how many things a thread takes at once
   */
  static <T> void run(int threads, int size, int chunk, Supplier<T> tools, Step<T> step)
      throws Finding {
    ParallelProof<T> proof = new ParallelProof<>(size, chunk, step);
    int needed = Math.min(threads, (size + chunk - 1) / chunk);
    if (needed <= 1) {
      proof.work(tools.get());
    } else {
      try (ExecutorService pool = Executors.newFixedThreadPool(needed)) {
        List<Future<?>> workers = new ArrayList<>();
        for (int worker = 0; worker < needed; worker++) {
          workers.add(pool.submit(() -> proof.work(tools.get())));
        }
        for (Future<?> worker : workers) {
          await(worker);
        }
      }
    }
    Doubt doubt = proof.first.get();
    if (doubt != null) {
      throw doubt.finding();
    }
  }

  private void work(T tools) {
    while (true) {
      int from = next.getAndAdd(chunk);
      Doubt doubt = first.get();
      if (from >= size || from < 0 || (doubt != null && doubt.at() < from)) {
        return;
      }
      for (int at = from; at < Math.min(from + chunk, size); at++) {
        try {
          step.prove(at, tools);
        } catch (Finding finding) {
          Doubt mine = new Doubt(at, finding);
          first.accumulateAndGet(
              mine, (one, other) -> one != null && one.at() < mine.at() ? one : other);
          break;
        }
      }
    }
  }

  private static void await(Future<?> worker) throws Finding {
    try {
      worker.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Finding(Unfitness.UNSUPPORTED, "the examination was interrupted");
    } catch (ExecutionException e) {
      throw new IllegalStateException("a worker failed", e.getCause());
    }
  }
}
