package io.github.cachemesh.core.stats;

import java.time.Duration;

/**
 * One client request, answered.
 *
 * @param pointsWithoutCache what GitHub would have charged had the request gone straight to it
 * @param pointsCharged what GitHub charged
 * @param upstreamRequests requests sent to GitHub for it
 * @param latency from the request's arrival until the answer's last byte
 */
public record Exchange(
    Pool pool,
    Answer answer,
    int pointsWithoutCache,
    int pointsCharged,
    int upstreamRequests,
    long bytesToClient,
    long bytesFromUpstream,
    Duration latency) {
  public Exchange {
    if (pointsWithoutCache < 0
        || pointsCharged < 0
        || upstreamRequests < 0
        || bytesToClient < 0
        || bytesFromUpstream < 0
        || latency.isNegative()) {
      throw new IllegalArgumentException("an exchange counts nothing below zero");
    }
  }

  /** Whether GitHub would have charged for the answer that the client got, and did not. */
  boolean isSaved() {
    return answer != Answer.FAILED && pointsWithoutCache > 0 && pointsCharged == 0;
  }
}
