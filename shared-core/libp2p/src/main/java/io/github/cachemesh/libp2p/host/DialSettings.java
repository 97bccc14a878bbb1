package io.github.cachemesh.libp2p.host;

import java.time.Duration;

/**
 * How a host dials.
 *
 * @param attempts addresses that are tried at a time, for all peers, by default {@value #ATTEMPTS};
 *     more wait their turn
 * @param attemptsPerPeer by default {@value #ATTEMPTS_PER_PEER}; more wait their turn
 * @param timeout for a peer, however many addresses it has, by default 30 s
 * @param backOff how long an address is left alone after it failed, by default 5 s; more each time
 * @param maxBackOff by default 5 min
 */
public record DialSettings(
    int attempts, int attemptsPerPeer, Duration timeout, Duration backOff, Duration maxBackOff) {
  static final int ATTEMPTS = 160;
  static final int ATTEMPTS_PER_PEER = 8;

  public static final DialSettings DEFAULTS =
      new DialSettings(
          ATTEMPTS,
          ATTEMPTS_PER_PEER,
          Duration.ofSeconds(30),
          Duration.ofSeconds(5),
          Duration.ofMinutes(5));

  /**
   * @throws IllegalArgumentException if one is not above 0, or the maximum below the base
   */
  public DialSettings {
    Bounds.positive("attempts", attempts);
    Bounds.positive("attemptsPerPeer", attemptsPerPeer);
    Bounds.positive("timeout", timeout);
    Bounds.positive("backOff", backOff);
    if (maxBackOff.compareTo(backOff) < 0) {
      throw new IllegalArgumentException("maxBackOff is " + maxBackOff + ", below " + backOff);
    }
  }
}
