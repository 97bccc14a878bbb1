package io.github.cachemesh.core.node;

import io.github.cachemesh.core.stats.StatisticsReport;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The jobs that use a node: while there is one, the node stays; when the last is gone, it lingers
 * and then may end.
 *
 * <p>A runner has one lease, so that its next job replaces one that a killed job left behind; its
 * listeners are open exactly as long as it is held. Bounds: {@link #MAX_LEASES}, and {@link
 * #MAX_AGE}, the longest that a job may run on any runner. Thread-safe; blocks while listeners are
 * opened and closed.
 */
final class Leases {
  static final int MAX_LEASES = 1_024;
  static final Duration MAX_AGE = Duration.ofDays(5);

  private final Duration linger;
  private final InstantSource clock;
  private final Supplier<StatisticsReport> statistics;
  private final LeaseListeners listeners;
  private final Consumer<List<HeldLease>> memory;
  private final Map<String, Entry> held = new LinkedHashMap<>();
  private Optional<Instant> unusedSince;
  private boolean ended;

  /**
   * @param before what the node had counted when the lease was taken
   */
  private record Entry(
      LeaseRequest request, Instant since, StatisticsReport before, LeaseListeners.Open listeners) {

    Entry renewed(Instant now) {
      return new Entry(request, now, before, listeners);
    }

    HeldLease toHeldLease() {
      return HeldLease.of(request, since, listeners.gatewayUrl());
    }
  }

  /** What becomes of a request. */
  sealed interface Acquisition {
    /**
     * @param leases how many there are now
     */
    record Granted(HeldLease lease, int leases) implements Acquisition {}

    /** What was asked for cannot be had; the runner holds no lease. */
    record Refused(String reason) implements Acquisition {}

    /** The node gives no lease any more. */
    record Ending() implements Acquisition {}
  }

  /**
   * @param linger how long a node without leases stays; it begins without one
   * @param statistics what the node has counted so far
   * @param memory is told of all leases whenever they have changed
   */
  Leases(
      Duration linger,
      InstantSource clock,
      Supplier<StatisticsReport> statistics,
      LeaseListeners listeners,
      Consumer<List<HeldLease>> memory) {
    this.linger = linger;
    this.clock = clock;
    this.statistics = statistics;
    this.listeners = listeners;
    this.memory = memory;
    this.unusedSince = Optional.of(clock.instant());
  }

  /** Goes on with the leases of a node that crashed, but for those that are over. */
  synchronized void takeUp(List<HeldLease> earlier) {
    for (HeldLease lease : earlier) {
      if (!isOver(lease.since(), clock.instant())) {
        hold(new Entry(lease.request(), lease.since(), statistics.get(), listeners.reopen(lease)));
      }
    }
    memory.accept(current());
  }

  /**
   * Takes a lease, in place of one of the same runner, whose listeners are closed first. One whose
   * request was equal and whose listeners can still be reached goes on as it is, with its age begun
   * anew; a runner's next job finds its socket's folder emptied, and so gets a new one.
   */
  synchronized Acquisition acquire(LeaseRequest request) {
    dropExpired();
    if (ended) {
      return new Acquisition.Ending();
    }
    Entry earlier = held.get(request.runner());
    if (earlier == null && held.size() >= MAX_LEASES) {
      return new Acquisition.Refused("a node gives " + MAX_LEASES + " leases at most");
    }
    try {
      return granted(
          earlier != null && earlier.request().equals(request) && earlier.listeners().serve(request)
              ? earlier.renewed(clock.instant())
              : replacement(request));
    } catch (IOException e) {
      return new Acquisition.Refused(String.valueOf(e.getMessage()));
    } finally {
      noteWhenUnused();
      memory.accept(current());
    }
  }

  private Entry replacement(LeaseRequest request) throws IOException {
    drop(request.runner());
    return new Entry(request, clock.instant(), statistics.get(), listeners.open(request));
  }

  private Acquisition granted(Entry entry) {
    hold(entry);
    return new Acquisition.Granted(entry.toHeldLease(), held.size());
  }

  private void hold(Entry entry) {
    held.put(entry.request().runner(), entry);
    unusedSince = Optional.empty();
  }

  private Optional<Entry> drop(String runner) {
    Optional<Entry> dropped = Optional.ofNullable(held.remove(runner));
    dropped.ifPresent(entry -> entry.listeners().close());
    return dropped;
  }

  /**
   * @return empty where the runner holds no lease
   */
  synchronized Optional<Released> release(String runner) {
    dropExpired();
    Optional<Entry> dropped = drop(runner);
    if (dropped.isPresent()) {
      noteWhenUnused();
      memory.accept(current());
    }
    return dropped.map(entry -> new Released(held.size(), statistics.get().minus(entry.before())));
  }

  synchronized List<HeldLease> list() {
    dropExpired();
    return current();
  }

  private List<HeldLease> current() {
    return held.values().stream().map(Entry::toHeldLease).toList();
  }

  /**
   * Ends when nobody has held a lease for as long as the node lingers.
   *
   * @return whether it ended: then no lease can be taken any more, so that nobody relies on a node
   *     that is about to go
   */
  synchronized boolean endIfUnused() {
    dropExpired();
    if (unusedSince.isPresent() && !clock.instant().isBefore(unusedSince.get().plus(linger))) {
      end();
    }
    return ended;
  }

  /**
   * Ends at once when nobody holds a lease.
   *
   * @return whether nobody does
   */
  synchronized boolean endIfFree() {
    dropExpired();
    if (held.isEmpty()) {
      end();
    }
    return held.isEmpty();
  }

  synchronized void end() {
    ended = true;
  }

  synchronized void dropExpired() {
    Instant now = clock.instant();
    boolean changed = false;
    for (Iterator<Entry> entries = held.values().iterator(); entries.hasNext(); ) {
      Entry entry = entries.next();
      if (isOver(entry.since(), now)) {
        entries.remove();
        entry.listeners().close();
        changed = true;
      }
    }
    if (changed) {
      noteWhenUnused();
      memory.accept(current());
    }
  }

  private static boolean isOver(Instant since, Instant now) {
    return since.plus(MAX_AGE).isBefore(now);
  }

  private void noteWhenUnused() {
    if (held.isEmpty() && unusedSince.isEmpty()) {
      unusedSince = Optional.of(clock.instant());
    }
  }
}
