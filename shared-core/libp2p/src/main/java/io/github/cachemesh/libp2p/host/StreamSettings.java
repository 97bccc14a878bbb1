package io.github.cachemesh.libp2p.host;

import java.time.Duration;

/**
 * How long the steps of a stream may take.
 *
 * @param negotiation from opening it until the ends agree on a protocol, in either direction, by
 *     default 10 s
 * @param closing from closing it until the peer has ended it, too, by default 30 s
 */
public record StreamSettings(Duration negotiation, Duration closing) {
  public static final StreamSettings DEFAULTS =
      new StreamSettings(Duration.ofSeconds(10), Duration.ofSeconds(30));

  /**
   * @throws IllegalArgumentException if one is not above 0
   */
  public StreamSettings {
    Bounds.positive("negotiation", negotiation);
    Bounds.positive("closing", closing);
  }
}
