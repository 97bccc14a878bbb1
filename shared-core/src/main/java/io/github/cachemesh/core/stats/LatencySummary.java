package io.github.cachemesh.core.stats;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * How long requests took: counts by bucket, so that two summaries can be subtracted.
 *
 * @param bucketCounts requests in each bucket, one more than {@link #UPPER_BOUNDS_MILLIS}: the last
 *     is for whatever took longer
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record LatencySummary(List<Long> bucketCounts) {
  /** Upper bounds of the buckets in milliseconds. */
  static final List<Double> UPPER_BOUNDS_MILLIS =
      List.of(
          0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 25.0, 50.0, 100.0, 250.0, 500.0, 1000.0, 2500.0,
          5000.0, 10_000.0, 30_000.0);

  static final LatencySummary NONE =
      new LatencySummary(Collections.nCopies(UPPER_BOUNDS_MILLIS.size() + 1, 0L));

  /** Buckets of another version's shape count as none. */
  public LatencySummary {
    bucketCounts =
        bucketCounts.size() != UPPER_BOUNDS_MILLIS.size() + 1
            ? Collections.nCopies(UPPER_BOUNDS_MILLIS.size() + 1, 0L)
            : List.copyOf(bucketCounts);
  }

  /** Half of the requests took at most this long, in milliseconds. */
  @JsonProperty("p50_ms")
  public double p50Millis() {
    return quantile(0.50);
  }

  /** 95 of 100 requests took at most this long, in milliseconds. */
  @JsonProperty("p95_ms")
  public double p95Millis() {
    return quantile(0.95);
  }

  /**
   * Interpolated within its bucket, as Prometheus does; 0 without requests, the greatest bound when
   * it lies beyond that.
   */
  private double quantile(double quantile) {
    long count = bucketCounts.stream().mapToLong(Long::longValue).sum();
    double rank = quantile * count;
    long below = 0;
    for (int i = 0; i < UPPER_BOUNDS_MILLIS.size(); i++) {
      long inBucket = bucketCounts.get(i);
      if (inBucket > 0 && below + inBucket >= rank) {
        double lower = i == 0 ? 0 : UPPER_BOUNDS_MILLIS.get(i - 1);
        return lower + (UPPER_BOUNDS_MILLIS.get(i) - lower) * (rank - below) / inBucket;
      }
      below += inBucket;
    }
    return count == 0 ? 0 : UPPER_BOUNDS_MILLIS.getLast();
  }

  LatencySummary minus(LatencySummary earlier) {
    List<Long> difference = new ArrayList<>();
    for (int i = 0; i < bucketCounts.size(); i++) {
      difference.add(bucketCounts.get(i) - earlier.bucketCounts.get(i));
    }
    return new LatencySummary(difference);
  }
}
