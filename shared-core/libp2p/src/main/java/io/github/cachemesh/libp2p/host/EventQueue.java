package io.github.cachemesh.libp2p.host;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Hands one subscriber its events one at a time, in order, without ever making the host wait: at
 * most {@value #CAPACITY} events wait, those beyond are counted and reported as missed. It holds a
 * thread only while there are events. Thread-safe.
 */
final class EventQueue implements Subscription {
  static final int CAPACITY = 1024;

  private static final Logger LOG = Logger.getLogger(EventQueue.class.getName());

  private final Consumer<HostEvent> subscriber;
  private final Executor executor;
  private final Queue<HostEvent> waiting = new ArrayDeque<>(1);
  private long missed;
  private boolean delivering;
  private boolean closed;

  EventQueue(Consumer<HostEvent> subscriber, Executor executor) {
    this.subscriber = subscriber;
    this.executor = executor;
  }

  synchronized void offer(HostEvent event) {
    if (closed) {
      return;
    }
    // Once one is missed, so are all until the gap is reported: it must stand where it is.
    if (missed > 0 || waiting.size() == CAPACITY) {
      missed++;
      return;
    }
    waiting.add(event);
    if (!delivering) {
      try {
        executor.execute(this::deliver);
        delivering = true;
      } catch (RejectedExecutionException e) {
        LOG.log(Level.FINE, "the host is closed, an event is lost", e);
        close();
      }
    }
  }

  private void deliver() {
    for (HostEvent event = next(); event != null; event = next()) {
      try {
        subscriber.accept(event);
      } catch (RuntimeException e) {
        LOG.log(Level.WARNING, "a subscriber failed with {0}", Failures.describe(e));
      }
    }
  }

  private synchronized @Nullable HostEvent next() {
    HostEvent event = waiting.poll();
    if (event == null && missed > 0) {
      event = new HostEvent.Missed(missed);
      missed = 0;
    }
    delivering = event != null;
    return event;
  }

  @Override
  public synchronized void close() {
    closed = true;
    waiting.clear();
    missed = 0;
  }
}
