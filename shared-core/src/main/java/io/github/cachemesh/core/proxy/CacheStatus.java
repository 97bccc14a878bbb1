package io.github.cachemesh.core.proxy;

import java.time.Duration;

/** The {@code Cache-Status} of a reply, RFC 9211. Immutable. */
record CacheStatus(String text) {
  static final String FIELD = "Cache-Status";
  private static final String CACHE = "cachemesh";

  /** Of what the node says for itself. */
  static final CacheStatus OWN_ANSWER = new CacheStatus(CACHE + "; detail=own-answer");

  /**
   * Served without asking GitHub.
   *
   * @param left of the time to live; negative where the answer is stale
   */
  static CacheStatus hit(Duration left) {
    return new CacheStatus(CACHE + "; hit; ttl=" + left.toSeconds());
  }

  /**
   * GitHub was asked.
   *
   * @param reason a word of RFC 9211 section 2.2
   */
  static CacheStatus forwarded(String reason, int status) {
    return new CacheStatus(CACHE + "; fwd=" + reason + "; fwd-status=" + status);
  }

  /**
   * There was no answer to pass on.
   *
   * @param reason a word of RFC 9211 section 2.2
   */
  static CacheStatus unanswered(String reason) {
    return new CacheStatus(CACHE + "; fwd=" + reason);
  }

  CacheStatus stored() {
    return new CacheStatus(text + "; stored");
  }

  CacheStatus collapsed() {
    return new CacheStatus(text + "; collapsed");
  }

  /**
   * Adds what the standard's words do not say.
   *
   * @param token a token of RFC 8941
   */
  CacheStatus detail(String token) {
    return new CacheStatus(text + "; detail=" + token);
  }
}
