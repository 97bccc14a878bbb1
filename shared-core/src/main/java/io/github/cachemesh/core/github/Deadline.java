package io.github.cachemesh.core.github;

import java.time.Duration;

/** A moment of the monotonic clock by which an operation ends. */
record Deadline(long atNanos) {
  static Deadline in(Duration total) {
    return new Deadline(System.nanoTime() + total.toNanos());
  }

  /** What is left; zero or less once it has passed. */
  Duration left() {
    return Duration.ofNanos(atNanos - System.nanoTime());
  }

  boolean leaves(Duration time) {
    return left().compareTo(time) > 0;
  }
}
