package io.github.cachemesh.libp2p.host;

import java.time.Duration;

/** Checks of settings; the message names the one that failed. */
final class Bounds {
  private Bounds() {}

  static void positive(String name, long value) {
    if (value <= 0) {
      throw new IllegalArgumentException(name + " is " + value + ", but has to be above 0");
    }
  }

  static void positive(String name, Duration value) {
    if (!value.isPositive()) {
      throw new IllegalArgumentException(name + " is " + value + ", but has to be above 0");
    }
  }
}
