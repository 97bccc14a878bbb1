package io.github.cachemesh.core.node;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The jobs that use a node: while there is one, the node stays; when the last is gone, it lingers
 * and then may end.
 *
 * <p>A runner has one lease, so that its next job replaces one that a killed job left behind.
 * Bounds: {@link #MAX_LEASES}, and {@link #MAX_AGE}, the longest that a job may run on any runner.
 * Thread-safe.
 */
public final class Leases {
  static final int MAX_LEASES = 1_024;
  static final int MAX_ID_LENGTH = 200;
  static final Duration MAX_AGE = Duration.ofDays(5);

  private final Duration linger;
  private final InstantSource clock;
  private final Map<String, Instant> held = new LinkedHashMap<>();
  private Optional<Instant> unusedSince;
  private boolean ended;

  /**
   * @param linger how long a node without leases stays; it begins without one
   */
  Leases(Duration linger, InstantSource clock) {
    this.linger = linger;
    this.clock = clock;
    this.unusedSince = Optional.of(clock.instant());
  }

  /**
   * Takes a lease, in place of one of the same runner.
   *
   * @return false where the id is malformed, there are too many, or the node is ending
   */
  synchronized boolean acquire(String runner) {
    dropExpired();
    boolean wellFormed = !runner.isEmpty() && runner.length() <= MAX_ID_LENGTH;
    if (ended || !wellFormed || (held.size() >= MAX_LEASES && !held.containsKey(runner))) {
      return false;
    }
    held.put(runner, clock.instant());
    unusedSince = Optional.empty();
    return true;
  }

  synchronized boolean release(String runner) {
    boolean known = held.remove(runner) != null;
    noteWhenUnused();
    return known;
  }

  synchronized int size() {
    dropExpired();
    return held.size();
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

  synchronized void end() {
    ended = true;
  }

  synchronized boolean areEnded() {
    return ended;
  }

  private void dropExpired() {
    Instant now = clock.instant();
    held.values().removeIf(since -> since.plus(MAX_AGE).isBefore(now));
    noteWhenUnused();
  }

  private void noteWhenUnused() {
    if (held.isEmpty() && unusedSince.isEmpty()) {
      unusedSince = Optional.of(clock.instant());
    }
  }
}
