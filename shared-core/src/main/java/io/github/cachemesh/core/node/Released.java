package io.github.cachemesh.core.node;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.cachemesh.core.stats.StatisticsReport;
import tools.jackson.databind.JsonNode;

/**
 * A node's answer when a lease is given back.
 *
 * @param leases how many are left
 * @param savings what the node has counted since the lease was taken, or since it was started anew
 *     after a crash
 */
public record Released(
    @JsonProperty("leases") int leases, @JsonProperty("savings") StatisticsReport savings) {

  /**
   * @throws IllegalArgumentException if that is no such answer
   * @throws tools.jackson.core.JacksonException if it has a value of another kind
   */
  static Released read(JsonNode json) {
    return new Released(
        json.required("leases").intValue(), StatisticsReport.of(json.required("savings")));
  }
}
