package io.github.cachemesh.core.stats;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * What this project counts besides the original's keys.
 *
 * @param since when counting began, as ISO 8601; differs between two runs of a node
 * @param requests requests answered, failures included
 * @param upstreamRequests requests sent to GitHub, free ones included
 * @param pointsWithoutCache rate-limit points that GitHub would have charged without a cache
 * @param pointsCharged rate-limit points that GitHub charged
 * @param bytesToClients bytes of bodies given to clients
 * @param bytesFromUpstream bytes of bodies taken from GitHub
 * @param staleServed requests answered with something out of date
 * @param coalesced requests answered by another caller's request
 * @param storedEntries entries written
 * @param storedBytes bytes of the entries written
 * @param damagedEntries entries found damaged, each a miss
 * @param invalidated entries dropped after a write or by command
 * @param byAnswer requests by {@link Answer}
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Savings(
    String since,
    long requests,
    long upstreamRequests,
    long pointsWithoutCache,
    long pointsCharged,
    long bytesToClients,
    long bytesFromUpstream,
    long staleServed,
    long coalesced,
    long storedEntries,
    long storedBytes,
    long damagedEntries,
    long invalidated,
    LatencySummary latency,
    Map<String, Long> byAnswer) {
  static final Savings NONE =
      new Savings(
          Instant.EPOCH.toString(),
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          LatencySummary.NONE,
          Map.of());

  public Savings {
    byAnswer = Map.copyOf(byAnswer);
  }

  /** Points that the cache saved; below zero if it ever cost more than it saved. */
  @JsonProperty
  public long pointsSaved() {
    return pointsWithoutCache - pointsCharged;
  }

  Savings minus(Savings earlier) {
    Map<String, Long> difference = new LinkedHashMap<>();
    byAnswer.forEach(
        (answer, count) ->
            difference.put(answer, count - earlier.byAnswer.getOrDefault(answer, 0L)));
    return new Savings(
        since,
        requests - earlier.requests,
        upstreamRequests - earlier.upstreamRequests,
        pointsWithoutCache - earlier.pointsWithoutCache,
        pointsCharged - earlier.pointsCharged,
        bytesToClients - earlier.bytesToClients,
        bytesFromUpstream - earlier.bytesFromUpstream,
        staleServed - earlier.staleServed,
        coalesced - earlier.coalesced,
        storedEntries - earlier.storedEntries,
        storedBytes - earlier.storedBytes,
        damagedEntries - earlier.damagedEntries,
        invalidated - earlier.invalidated,
        latency.minus(earlier.latency),
        difference);
  }
}
