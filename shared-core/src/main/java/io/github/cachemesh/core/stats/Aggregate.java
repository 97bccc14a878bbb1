package io.github.cachemesh.core.stats;

import java.util.Map;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * This node's counts and those that its peers have told of theirs.
 *
 * @param totalPeers nodes that are counted, this one included
 * @param peerBreakdown what each peer told, by peer id
 * @param lastSynced when peers last told, in seconds since 1970; 0 is never
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Aggregate(
    long totalApiCalls,
    long totalCacheHits,
    int totalPeers,
    Map<String, PeerCounts> peerBreakdown,
    double lastSynced) {
  public Aggregate {
    peerBreakdown = Map.copyOf(peerBreakdown);
  }

  /** The aggregate of a node that no peer has told anything. */
  static Aggregate alone(long apiCalls, long cacheHits) {
    return new Aggregate(apiCalls, cacheHits, 1, Map.of(), 0);
  }

  /**
   * What one peer told.
   *
   * @param timestamp when, in seconds since 1970
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record PeerCounts(long apiCallsMade, long cacheHits, double timestamp) {}
}
