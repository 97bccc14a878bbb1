package io.github.cachemesh.libp2p.muxer.yamux;

import java.time.Duration;

/**
 * What a host chooses about its yamux sessions.
 *
 * @param maxStreams bound on the streams of a session that the peer opened, and likewise on those
 *     that this end opened; further ones are reset, or not opened
 * @param maxWindowBytes bound on what a stream holds unread: windows grow up to that as far as
 *     memory is granted; 256 KiB to 16 MiB
 * @param keepAlive how often a peer is pinged
 * @param keepAliveTimeout how long a ping may be unanswered while nothing else comes; then the
 *     session ends
 */
public record YamuxSettings(
    int maxStreams, int maxWindowBytes, Duration keepAlive, Duration keepAliveTimeout) {
  private static final int MAX_WINDOW_BYTES = 16 * 1024 * 1024;

  /**
   * @throws IllegalArgumentException naming what is out of its bounds
   */
  public YamuxSettings {
    if (maxStreams < 1) {
      throw new IllegalArgumentException("maxStreams is " + maxStreams + ", at least 1");
    }
    if (maxWindowBytes < ReceiveWindow.INITIAL_BYTES || maxWindowBytes > MAX_WINDOW_BYTES) {
      throw new IllegalArgumentException(
          "maxWindowBytes is %d, within %d and %d"
              .formatted(maxWindowBytes, ReceiveWindow.INITIAL_BYTES, MAX_WINDOW_BYTES));
    }
    if (!keepAlive.isPositive() || !keepAliveTimeout.isPositive()) {
      throw new IllegalArgumentException("keepAlive and keepAliveTimeout are above 0");
    }
  }

  /** 1,000 streams each way, windows to 16 MiB, a ping every 30 s with 10 s for its answer. */
  public static YamuxSettings defaults() {
    return new YamuxSettings(
        1_000, MAX_WINDOW_BYTES, Duration.ofSeconds(30), Duration.ofSeconds(10));
  }
}
