package io.github.cachemesh.core.stats;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.annotation.JsonNaming;
import tools.jackson.databind.json.JsonMapper;

/**
 * The statistics at one moment, with the Python original's keys and one more, {@code cachemesh}.
 * Immutable.
 *
 * @param hits requests that were answered from this node's own entries, confirmed by GitHub where
 *     need be
 * @param misses requests that might have been answered from an entry but were answered by GitHub
 * @param peerHits requests that were answered from a peer's entry
 * @param expirations entries dropped because their time was over
 * @param evictions entries dropped to make room
 * @param apiCallsSaved requests that GitHub would have charged and did not
 * @param apiCallsMade REST and search requests that GitHub charged
 * @param graphqlApiCallsMade GraphQL requests that GitHub charged
 * @param graphqlCacheHits the part of all hits that were GraphQL requests
 * @param cacheSize entries kept now
 * @param maxCacheSize most entries that are kept
 * @param p2pEnabled whether sharing with peers is switched on
 * @param connectedPeers peers connected now
 * @param contentAddressingAvailable whether content hashes are computed: always true here
 * @param cacheDir where entries are kept
 * @param aggregate the counts of this node and its peers together
 * @param connectivity how this node is reached
 * @param cachemesh what is counted besides
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonPropertyOrder({
  "hits",
  "misses",
  "peer_hits",
  "expirations",
  "evictions",
  "api_calls_saved",
  "api_calls_made",
  "graphql_api_calls_made",
  "graphql_cache_hits",
  "local_hits",
  "total_hits",
  "total_requests",
  "hit_rate"
})
public record StatisticsReport(
    long hits,
    long misses,
    long peerHits,
    long expirations,
    long evictions,
    long apiCallsSaved,
    long apiCallsMade,
    long graphqlApiCallsMade,
    long graphqlCacheHits,
    long cacheSize,
    long maxCacheSize,
    boolean p2pEnabled,
    int connectedPeers,
    boolean contentAddressingAvailable,
    String cacheDir,
    Aggregate aggregate,
    Connectivity connectivity,
    Savings cachemesh) {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** The same as {@link #hits}. */
  @JsonProperty
  public long localHits() {
    return hits;
  }

  /** Requests answered from this node's entries or a peer's. */
  @JsonProperty
  public long totalHits() {
    return hits + peerHits;
  }

  /** Hits and misses; what is never cached is not among them. */
  @JsonProperty
  public long totalRequests() {
    return totalHits() + misses;
  }

  /** Hits per request, from 0 to 1; 0 without requests. */
  @JsonProperty
  public double hitRate() {
    return totalRequests() == 0 ? 0 : (double) totalHits() / totalRequests();
  }

  /** The report as JSON. */
  public String toJson() {
    return JSON.writeValueAsString(this);
  }

  /**
   * Reads a report; keys that are not known are ignored, and those missing are zero.
   *
   * @throws IllegalArgumentException if the text is not a JSON object of that shape
   */
  public static StatisticsReport parse(String json) {
    try {
      return of(JSON.readTree(json));
    } catch (JacksonException e) {
      throw new IllegalArgumentException("not a statistics report", e);
    }
  }

  /**
   * The same of a report that is part of another text.
   *
   * @throws IllegalArgumentException if that is not a JSON object of that shape
   */
  public static StatisticsReport of(JsonNode json) {
    if (!json.isObject()) {
      throw new IllegalArgumentException("not a statistics report");
    }
    try {
      return ReportReader.report(json);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("not a statistics report", e);
    }
  }

  /**
   * What was counted since an earlier report, such as during one job; what is not counted (sizes,
   * peers) stays as it is now. If the node was started anew in between, everything counts.
   */
  public StatisticsReport minus(StatisticsReport earlier) {
    if (!cachemesh.since().equals(earlier.cachemesh.since())) {
      return this;
    }
    return new StatisticsReport(
        hits - earlier.hits,
        misses - earlier.misses,
        peerHits - earlier.peerHits,
        expirations - earlier.expirations,
        evictions - earlier.evictions,
        apiCallsSaved - earlier.apiCallsSaved,
        apiCallsMade - earlier.apiCallsMade,
        graphqlApiCallsMade - earlier.graphqlApiCallsMade,
        graphqlCacheHits - earlier.graphqlCacheHits,
        cacheSize,
        maxCacheSize,
        p2pEnabled,
        connectedPeers,
        contentAddressingAvailable,
        cacheDir,
        aggregate,
        connectivity,
        cachemesh.minus(earlier.cachemesh));
  }
}
