package io.github.cachemesh.libp2p.host;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Interrupts the thread that made it, unless it is closed in time; afterwards the thread is no
 * longer interrupted by it. To be closed by the same thread.
 */
final class TimeLimit implements AutoCloseable {
  private final Thread thread = Thread.currentThread();
  private final Future<?> timer;
  private boolean over;
  private boolean expired;

  TimeLimit(ScheduledExecutorService timers, Duration limit) {
    timer = timers.schedule(this::expire, limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  private synchronized void expire() {
    if (!over) {
      expired = true;
      thread.interrupt();
    }
  }

  synchronized boolean hasExpired() {
    return expired;
  }

  @Override
  public void close() {
    timer.cancel(false);
    synchronized (this) {
      over = true;
      if (expired) {
        Thread.interrupted();
      }
    }
  }
}
