package io.github.cachemesh.testkit.github;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * GitHub's secondary limits: requests at once, and points a minute (a read costs one, a write
 * five). One entry an owner of an allowance. Not thread-safe.
 */
final class SecondaryLimits {
  private static final Duration WINDOW = Duration.ofMinutes(1);

  private final Clock clock;
  private final int maxConcurrent;
  private final int maxPoints;
  private final int maxGraphQlPoints;
  private final Map<String, Usage> usages = new HashMap<>();

  SecondaryLimits(Clock clock, int maxConcurrent, int maxPoints, int maxGraphQlPoints) {
    this.clock = clock;
    this.maxConcurrent = maxConcurrent;
    this.maxPoints = maxPoints;
    this.maxGraphQlPoints = maxGraphQlPoints;
  }

  static SecondaryLimits none(Clock clock) {
    return new SecondaryLimits(clock, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);
  }

  /** Counts a request in; empty when it may go on, else how long to stay away. */
  Optional<Duration> enter(Caller caller, boolean graphQl, boolean read) {
    Usage usage = usages.computeIfAbsent(caller.limitOwner(), _ -> new Usage());
    usage.concurrent++;
    Instant now = clock.instant();
    if (!now.isBefore(usage.windowEnd)) {
      usage.windowEnd = now.plus(WINDOW);
      usage.points = 0;
      usage.graphQlPoints = 0;
    }
    if (usage.concurrent > maxConcurrent) {
      return Optional.of(WINDOW);
    }
    int price = read ? 1 : 5;
    if (graphQl ? usage.graphQlPoints + 1 > maxGraphQlPoints : usage.points + price > maxPoints) {
      return Optional.of(Duration.between(now, usage.windowEnd));
    }
    if (graphQl) {
      usage.graphQlPoints++;
    } else {
      usage.points += price;
    }
    return Optional.empty();
  }

  /** Counts a request out, once its answer was sent or given up. */
  void leave(Caller caller) {
    Usage usage = usages.get(caller.limitOwner());
    if (usage != null && usage.concurrent > 0) {
      usage.concurrent--;
    }
  }

  void clear() {
    usages.values().forEach(usage -> usage.windowEnd = Instant.EPOCH);
  }

  private static final class Usage {
    private int concurrent;
    private int points;
    private int graphQlPoints;
    private Instant windowEnd = Instant.EPOCH;
  }
}
