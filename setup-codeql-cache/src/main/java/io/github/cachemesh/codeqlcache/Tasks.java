package io.github.cachemesh.codeqlcache;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Reads and questions that run at the same time, each on a thread of its own; none of them is
 * waited for beyond one deadline, and closing interrupts those that still run.
 *
 * <p>The threads are the platform's: one that polls sockets for virtual threads holds the JVM up
 * for 300 ms when it ends. The caller bounds how many there are.
 */
final class Tasks implements AutoCloseable {
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().factory());

  private final Duration limit;
  private final long startNanos = System.nanoTime();

  /**
   * @param limit for all of them together, from now on
   */
  Tasks(Duration limit) {
    this.limit = limit;
  }

  /** What a task will have found. */
  interface Finding<T> {
    /**
     * Waits for it.
     *
     * @throws IOException as the task does, and when the deadline is over or the thread interrupted
     */
    T get() throws IOException;
  }

  <T> Finding<T> start(Callable<T> task) {
    Future<T> future = threads.submit(task);
    return () -> await(future);
  }

  private <T> T await(Future<T> future) throws IOException {
    try {
      long left = limit.toNanos() - (System.nanoTime() - startNanos);
      return future.get(Math.max(left, 0), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new IOException("not known within " + limit.toSeconds() + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException failure -> throw failure;
        case RuntimeException failure -> throw failure;
        case Error failure -> throw failure;
        case null, default -> throw new IOException(e);
      }
    }
  }

  @Override
  public void close() {
    var _ = threads.shutdownNow();
  }
}
