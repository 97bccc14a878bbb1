package io.github.cachemesh.core.proxy;

import io.github.cachemesh.core.http.Fields;
import io.github.cachemesh.core.stats.Answer;

/**
 * What a request for a cacheable resource brought home, before it is fitted to one client.
 *
 * @param fields end-to-end fields of the full answer, ETag among them
 * @param upstreamRequests how often GitHub was asked
 * @param pointsCharged what GitHub charged for that
 * @param bytesFromUpstream of bodies
 */
record Fetched(
    int status,
    Fields fields,
    Reply.Content content,
    Answer answer,
    CacheStatus cacheStatus,
    int upstreamRequests,
    int pointsCharged,
    long bytesFromUpstream) {

  static Fetched of(
      int status,
      Fields fields,
      Reply.Content content,
      Answer answer,
      CacheStatus cacheStatus,
      Tally tally) {
    return new Fetched(
        status,
        fields,
        content,
        answer,
        cacheStatus,
        tally.upstreamRequests(),
        tally.pointsCharged(),
        tally.bytes());
  }

  /**
   * Whether those who asked for the same may have it too: it is whole, GitHub was not at a loss,
   * and it does not build on what one of them holds.
   */
  boolean isShareable() {
    return content instanceof Reply.Content.Whole && status < 500 && status != 304;
  }
}
