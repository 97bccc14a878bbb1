package io.github.cachemesh.libp2p.transport.memory;

import java.time.Duration;

/**
 * What a link does to what is sent over it.
 *
 * @param latency of one way
 * @param jitter at most so much is added to the latency, evenly spread; the order is kept
 */
public record LinkConditions(Duration latency, Duration jitter, Passage passage) {
  /** Whether anything gets through. */
  public enum Passage {
    OPEN,
    /** New connections are refused; those that are there go on. */
    REFUSING,
    /** Nothing arrives, dials expire; when it is mended, what was sent goes on its way. */
    CUT
  }

  /** Without any delay. */
  public static final LinkConditions PERFECT = of(Duration.ZERO);

  /**
   * @throws IllegalArgumentException if a time is negative
   */
  public LinkConditions {
    if (latency.isNegative() || jitter.isNegative()) {
      throw new IllegalArgumentException("latency and jitter are not negative");
    }
  }

  /** An open link without jitter. */
  public static LinkConditions of(Duration latency) {
    return new LinkConditions(latency, Duration.ZERO, Passage.OPEN);
  }

  public LinkConditions with(Passage changed) {
    return new LinkConditions(latency, jitter, changed);
  }
}
