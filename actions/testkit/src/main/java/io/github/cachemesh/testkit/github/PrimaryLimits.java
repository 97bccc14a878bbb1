package io.github.cachemesh.testkit.github;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Points spent by each owner of an allowance in the current window of each pool. One entry an owner
 * and pool; owners are the declared tokens and the addresses that connect. Not thread-safe.
 */
final class PrimaryLimits {
  private final Clock clock;
  private final OptionalInt coreAllowance;
  private final Map<Key, Window> windows = new HashMap<>();

  /**
   * Starts with nothing spent.
   *
   * @param coreAllowance replaces the published allowance of the core pool for every caller
   */
  PrimaryLimits(Clock clock, OptionalInt coreAllowance) {
    this.clock = clock;
    this.coreAllowance = coreAllowance;
  }

  /** What {@code x-ratelimit-*} says. */
  record Status(int limit, int used, Instant reset, LimitPool pool) {
    int remaining() {
      return Math.max(0, limit - used);
    }
  }

  Status status(Caller caller, LimitPool pool) {
    Window window = window(caller, pool);
    return new Status(allowance(caller, pool), window.used, window.reset, pool);
  }

  void charge(Caller caller, LimitPool pool, int points) {
    Window window = window(caller, pool);
    window.used = Math.min(allowance(caller, pool), window.used + points);
  }

  void clear() {
    windows.clear();
  }

  private int allowance(Caller caller, LimitPool pool) {
    return pool == LimitPool.CORE && coreAllowance.isPresent()
        ? coreAllowance.getAsInt()
        : pool.allowance(caller);
  }

  private Window window(Caller caller, LimitPool pool) {
    Instant now = clock.instant();
    return windows.compute(
        new Key(caller.limitOwner(), pool),
        (_, window) ->
            window == null || !now.isBefore(window.reset)
                ? new Window(now.plus(pool.window()))
                : window);
  }

  private record Key(String owner, LimitPool pool) {}

  private static final class Window {
    private final Instant reset;
    private int used;

    Window(Instant reset) {
      this.reset = reset;
    }
  }
}
