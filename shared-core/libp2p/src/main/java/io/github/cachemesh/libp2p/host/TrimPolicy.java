package io.github.cachemesh.libp2p.host;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Decides which connections a host gives up when it has too many: above the high water mark, down
 * to the low one. The least valued go first; among those of one value the ones without streams, and
 * then the youngest, so that long-lived ones stay. Those of protected peers and those younger than
 * the grace period are spared, even if too many are left.
 *
 * @param low above 0, by default {@value #LOW}
 * @param high at least low, by default {@value #HIGH}
 * @param grace for a new connection to show its value, by default 20 s
 * @param interval at least this long between two trims, by default 10 s
 */
public record TrimPolicy(int low, int high, Duration grace, Duration interval) {
  static final int LOW = 160;
  static final int HIGH = 192;

  public static final TrimPolicy DEFAULTS =
      new TrimPolicy(LOW, HIGH, Duration.ofSeconds(20), Duration.ofSeconds(10));

  /**
   * @throws IllegalArgumentException if a mark or the interval is not above 0, the high mark is
   *     below the low one, or the grace period is negative
   */
  public TrimPolicy {
    Bounds.positive("low", low);
    Bounds.positive("interval", interval);
    if (high < low) {
      throw new IllegalArgumentException("the high mark " + high + " is below the low, " + low);
    }
    if (grace.isNegative()) {
      throw new IllegalArgumentException("grace is " + grace + ", but has to be at least 0");
    }
  }

  /** What the decision knows of a connection; {@code value} is the sum of its peer's weights. */
  record Candidate<C>(C connection, Instant since, int streams, long value, boolean isProtected) {}

  /** In the order in which they are to be closed; empty up to the high mark. */
  <C> List<C> victims(List<Candidate<C>> connections, Instant now) {
    if (connections.size() <= high) {
      return List.of();
    }
    Instant oldEnough = now.minus(grace);
    List<Candidate<C>> candidates = new ArrayList<>();
    for (Candidate<C> candidate : connections) {
      if (!candidate.isProtected() && !candidate.since().isAfter(oldEnough)) {
        candidates.add(candidate);
      }
    }
    candidates.sort(
        Comparator.<Candidate<C>>comparingLong(Candidate::value)
            .thenComparing(candidate -> candidate.streams() > 0)
            .thenComparing(Candidate::since, Comparator.reverseOrder()));
    return candidates.stream().limit(connections.size() - low).map(Candidate::connection).toList();
  }
}
