package io.github.cachemesh.core.node;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.cachemesh.core.stats.StatisticsReport;
import java.util.Objects;

/**
 * A node's answer when a lease is given back.
 *
 * @param leases how many are left
 * @param savings what the node has counted since the lease was taken, or since it was started anew
 *     after a crash
 */
public record Released(
    @JsonProperty("leases") int leases, @JsonProperty("savings") StatisticsReport savings) {

  public Released {
    // What is missing from an answer comes as null.
    Objects.requireNonNull(savings);
  }
}
