package io.github.cachemesh.core.proxy;

import java.time.Duration;

/**
 * How long a client may take.
 *
 * @param idle until the first byte of its next request
 * @param head from there to the end of the request's head
 * @param stall to send the next chunk of content, or to take the next 64 KiB of a reply
 */
public record Timeouts(Duration idle, Duration head, Duration stall) {
  public static final Timeouts DEFAULT =
      new Timeouts(Duration.ofSeconds(120), Duration.ofSeconds(10), Duration.ofSeconds(60));
}
