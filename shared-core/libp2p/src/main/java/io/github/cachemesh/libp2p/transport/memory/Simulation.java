package io.github.cachemesh.libp2p.transport.memory;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.local.LocalIoHandler;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * A network in memory whose event loop is the thread that made it and whose time passes only when
 * that thread lets it: the same seed and the same calls give the same run. What other threads do
 * meanwhile is not waited for. Not thread-safe.
 */
public final class Simulation implements AutoCloseable {
  /** Bound on what may happen at one moment: tasks that make tasks without end are a fault. */
  private static final int MAX_TASKS_AT_ONCE = 10_000_000;

  private final MockTicker ticker = Ticker.newMockTicker();
  private final Loop loop = new Loop(ticker, LocalIoHandler.newFactory());
  private final MemoryNetwork network;

  /** Tells when the next task is due. */
  private static final class Loop extends ManualIoEventLoop {
    Loop(Ticker ticker, IoHandlerFactory handlers) {
      super(null, Thread.currentThread(), handlers, ticker);
    }

    /** Negative when there is none. */
    long nanosToNextTask() {
      return nextScheduledTaskNano();
    }
  }

  public Simulation(long seed) {
    network = new MemoryNetwork(loop, ticker, seed);
  }

  public MemoryNetwork network() {
    return network;
  }

  /** For timers of what is simulated. */
  public EventLoopGroup group() {
    return loop;
  }

  /** Since the beginning. */
  public Duration now() {
    return Duration.ofNanos(ticker.nanoTime() - ticker.initialNanoTime());
  }

  /** Does all that is due within this time, in order, and lets the time pass. */
  public void run(Duration time) {
    run(new CompletableFuture<Void>(), time);
  }

  /**
   * Runs until there is a result.
   *
   * @return it is done, or the time has passed without it
   */
  public <T> CompletableFuture<T> run(CompletionStage<T> result, Duration limit) {
    CompletableFuture<T> future = result.toCompletableFuture();
    long end = ticker.nanoTime() + limit.toNanos();
    runDue();
    while (!future.isDone() && advance(end)) {
      runDue();
    }
    return future;
  }

  /**
   * Goes on to the next moment at which something is due.
   *
   * @return false when there is none up to the end, which it is then
   */
  private boolean advance(long end) {
    long left = end - ticker.nanoTime();
    long next = loop.nanosToNextTask();
    boolean more = next >= 0 && next <= left;
    ticker.advance(more ? next : left, TimeUnit.NANOSECONDS);
    return more;
  }

  private void runDue() {
    int count = 0;
    for (int done = loop.runNow(); done > 0; done = loop.runNow()) {
      count += done;
      if (count > MAX_TASKS_AT_ONCE) {
        throw new IllegalStateException("more than " + MAX_TASKS_AT_ONCE + " tasks at " + now());
      }
    }
  }

  /** Closes all connections, and ends the loop. */
  @Override
  public void close() {
    network.close();
    runDue();
    loop.shutdown();
    while (!loop.isTerminated()) {
      loop.runNow();
    }
  }
}
