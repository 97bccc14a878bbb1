package io.github.cachemesh.libp2p.protocol.identify;

import io.github.cachemesh.libp2p.core.Connection;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Pushes to all recipients whenever something is due: rounds follow each other, changes during one
 * make one more together. At most {@value #AT_ONCE} recipients are served at once. Thread-safe;
 * never blocks its caller.
 */
final class Pushes {
  static final int AT_ONCE = 32;

  private static final Logger LOG = Logger.getLogger(Pushes.class.getName());

  /** Pushes to one; blocks. */
  @FunctionalInterface
  interface Push {
    void to(Connection recipient) throws IOException;
  }

  private final Executor executor;
  private final Supplier<List<Connection>> recipients;
  private final Push push;
  private boolean due;
  private boolean running;

  /**
   * @param executor gives each task a virtual thread
   */
  Pushes(Executor executor, Supplier<List<Connection>> recipients, Push push) {
    this.executor = executor;
    this.recipients = recipients;
    this.push = push;
  }

  synchronized void due() {
    due = true;
    if (!running) {
      running = execute(this::rounds);
    }
  }

  private void rounds() {
    Semaphore free = new Semaphore(AT_ONCE);
    while (another()) {
      for (Connection recipient : recipients.get()) {
        free.acquireUninterruptibly();
        if (!execute(() -> serve(recipient, free))) {
          return;
        }
      }
      // A round ends with its last recipient, or the next could overtake it.
      free.acquireUninterruptibly(AT_ONCE);
      free.release(AT_ONCE);
    }
  }

  private synchronized boolean another() {
    running = due;
    due = false;
    return running;
  }

  private void serve(Connection recipient, Semaphore free) {
    try {
      push.to(recipient);
    } catch (IOException e) {
      LOG.log(Level.FINE, "{0} was not told of a change: {1}", new Object[] {recipient, e});
    } finally {
      free.release();
    }
  }

  /** False when the service has ended. */
  private boolean execute(Runnable task) {
    try {
      executor.execute(task);
      return true;
    } catch (RejectedExecutionException _) {
      return false;
    }
  }
}
