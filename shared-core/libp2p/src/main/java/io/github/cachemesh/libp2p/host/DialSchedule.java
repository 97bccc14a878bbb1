package io.github.cachemesh.libp2p.host;

import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When each of a peer's addresses is tried, each once: as {@link DialRanking} says, but sooner when
 * nothing is being tried any more. At most {@value #MAX_ADDRESSES} addresses; more are left out.
 * Not thread-safe. Times are those of {@link System#nanoTime}.
 */
final class DialSchedule {
  static final int MAX_ADDRESSES = 64;

  private record Due(Multiaddr address, long nanos, int order) {}

  private final Set<Multiaddr> seen = new HashSet<>();
  private final PriorityQueue<Due> waiting =
      new PriorityQueue<>(
          Comparator.comparingLong((Due due) -> due.nanos).thenComparingInt(due -> due.order));
  private final long startNanos;

  /** By how much the schedule is ahead of the clock. */
  private long aheadNanos;

  DialSchedule(long nowNanos) {
    startNanos = nowNanos;
  }

  /** Those that were there before are ignored. */
  void add(Collection<Multiaddr> addresses, long nowNanos) {
    List<Multiaddr> fresh =
        addresses.stream()
            .distinct()
            .filter(address -> !seen.contains(address))
            .limit(MAX_ADDRESSES - seen.size())
            .toList();
    long base = position(nowNanos);
    for (DialRanking.Ranked ranked : DialRanking.rank(fresh)) {
      seen.add(ranked.address());
      waiting.add(new Due(ranked.address(), base + ranked.delay().toNanos(), seen.size()));
    }
  }

  /**
   * @param idle whether nothing is being tried
   * @return the address to try now; null if it is not time
   */
  @Nullable Multiaddr next(long nowNanos, boolean idle) {
    Due due = waiting.peek();
    if (due == null) {
      return null;
    }
    long early = due.nanos - position(nowNanos);
    if (early > 0) {
      if (!idle) {
        return null;
      }
      aheadNanos += early;
    }
    waiting.remove();
    return due.address;
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Until there is an address to try; {@link Long#MAX_VALUE} when none is left. */
  long nanosUntilNext(long nowNanos) {
    Due due = waiting.peek();
    return due == null ? Long.MAX_VALUE : Math.max(0, due.nanos - position(nowNanos));
  }

  private long position(long nowNanos) {
    return nowNanos - startNanos + aheadNanos;
  }
}
