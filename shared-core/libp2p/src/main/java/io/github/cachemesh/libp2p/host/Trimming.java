package io.github.cachemesh.libp2p.host;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes connections as {@link TrimPolicy} decides, at most once an interval, as long as there are
 * more than its high mark; up to that it holds no timer. Thread-safe; does not block.
 */
final class Trimming {
  private final TrimPolicy policy;
  private final ConnectionTable table;
  private final PeerTags tags;
  private final ScheduledExecutorService timers;
  private final Executor executor;
  private final InstantSource clock;
  private Instant last = Instant.MIN;
  private @Nullable Future<?> next;
  private boolean closed;

  Trimming(
      TrimPolicy policy,
      ConnectionTable table,
      PeerTags tags,
      ScheduledExecutorService timers,
      Executor executor,
      InstantSource clock) {
    this.policy = policy;
    this.table = table;
    this.tags = tags;
    this.timers = timers;
    this.executor = executor;
    this.clock = clock;
  }

  /** To be called when a connection was added. */
  void check() {
    if (table.size() > policy.high()) {
      arrange();
    }
  }

  private synchronized void arrange() {
    if (next != null || closed) {
      return;
    }
    Instant now = clock.instant();
    Instant earliest = last.equals(Instant.MIN) ? now : last.plus(policy.interval());
    Duration delay = earliest.isAfter(now) ? Duration.between(now, earliest) : Duration.ZERO;
    try {
      next = timers.schedule(this::start, delay.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException _) {
      closed = true;
    }
  }

  private void start() {
    try {
      executor.execute(this::trim);
    } catch (RejectedExecutionException _) {
      close();
    }
  }

  private void trim() {
    Instant now = clock.instant();
    List<TrimPolicy.Candidate<HostConnection>> candidates =
        table.all().stream().filter(HostConnection::isOpen).map(this::candidate).toList();
    List<HostConnection> victims = policy.victims(candidates, now);
    victims.forEach(HostConnection::close);
    synchronized (this) {
      last = now;
      next = null;
    }
    if (candidates.size() - victims.size() > policy.high()) {
      arrange();
    }
  }

  private TrimPolicy.Candidate<HostConnection> candidate(HostConnection connection) {
    return new TrimPolicy.Candidate<>(
        connection,
        connection.since(),
        connection.streamCount(),
        tags.value(connection.remotePeer()),
        tags.isProtected(connection.remotePeer()));
  }

  synchronized void close() {
    closed = true;
    if (next != null) {
      next.cancel(false);
    }
  }
}
