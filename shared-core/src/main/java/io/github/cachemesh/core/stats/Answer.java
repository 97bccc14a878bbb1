package io.github.cachemesh.core.stats;

import java.util.Locale;

/** Where the answer to a client's request came from. */
public enum Answer {
  /** From memory, without asking GitHub. */
  FRESH_MEMORY(Source.LOCAL),
  /** From disk, without asking GitHub. */
  FRESH_DISK(Source.LOCAL),
  /** From memory, after GitHub confirmed it. */
  REVALIDATED_MEMORY(Source.LOCAL),
  /** From disk, after GitHub confirmed it. */
  REVALIDATED_DISK(Source.LOCAL),
  /** From a peer, after GitHub confirmed it. */
  REVALIDATED_PEER(Source.PEER),
  /** An empty list, guessed and confirmed by GitHub. */
  EMPTY_LIST_GUESS(Source.LOCAL),
  /** From another caller's request for the same thing at the same time. */
  COALESCED(Source.LOCAL),
  /** Out of date, because GitHub did not answer or the limit was spent. */
  STALE(Source.LOCAL),
  /** From GitHub, for want of a usable entry. */
  MISS(Source.GITHUB),
  /** From GitHub, because such a request is never cached. */
  PASSED_THROUGH(Source.NONE),
  /** None: the request failed. */
  FAILED(Source.NONE);

  /** Who, in the original's statistics, the answer is credited to. */
  enum Source {
    LOCAL,
    PEER,
    GITHUB,
    NONE
  }

  private final Source source;

  Answer(Source source) {
    this.source = source;
  }

  Source source() {
    return source;
  }

  boolean isHit() {
    return source == Source.LOCAL || source == Source.PEER;
  }

  /** The name in JSON and in metrics' labels. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
