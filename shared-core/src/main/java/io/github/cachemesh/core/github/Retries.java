package io.github.cachemesh.core.github;

import java.time.Duration;
import java.util.List;

/**
 * Whether and when a request is repeated: after a pause of 250 ms, then of 1 s, and never past the
 * deadline. Thread-safe; blocks.
 */
final class Retries {
  private static final List<Duration> PAUSES =
      List.of(Duration.ofMillis(250), Duration.ofSeconds(1));

  private final int max;
  private final Pause pause;

  /**
   * @param max 2 at most
   */
  Retries(int max, Pause pause) {
    this.max = max;
    this.pause = pause;
  }

  /**
   * Waits until the request may be repeated.
   *
   * @param attempt which has failed, from 0 on
   * @return false when it shall not be
   */
  boolean again(int attempt, Deadline deadline) {
    if (attempt >= max
        || !deadline.leaves(PAUSES.get(attempt))
        || Thread.currentThread().isInterrupted()) {
      return false;
    }
    try {
      pause.pause(PAUSES.get(attempt));
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
