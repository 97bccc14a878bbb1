package io.github.cachemesh.core.github;

import java.time.Duration;

/**
 * The bounds of each operation of {@link GitHubApi}.
 *
 * @param total how long an operation may take with all its requests, retries and pauses, and with
 *     the reading of a stream that it returns
 * @param connect how long a connection may take to come about
 * @param silence how long the server may send nothing
 * @param retries how often a request is repeated after a network failure or a 5xx, 2 at most
 * @param maxPages how many pages of a list are read
 * @param maxPageBytes how long one JSON answer may be, unpacked
 */
public record ApiLimits(
    Duration total,
    Duration connect,
    Duration silence,
    int retries,
    int maxPages,
    int maxPageBytes) {

  /** For a decision that a job waits for: 20 s, 2 retries, 10 pages of 16 MiB. */
  public static final ApiLimits DEFAULT =
      new ApiLimits(
          Duration.ofSeconds(20), Duration.ofSeconds(5), Duration.ofSeconds(10), 2, 10, 16 << 20);

  /**
   * @throws IllegalArgumentException when a bound is out of its range
   */
  public ApiLimits {
    if (!total.isPositive() || !connect.isPositive() || !silence.isPositive()) {
      throw new IllegalArgumentException("total, connect and silence must be positive");
    }
    if (retries < 0 || retries > 2 || maxPages < 1 || maxPageBytes < 1) {
      throw new IllegalArgumentException(
          "retries must be 0 to 2, maxPages and maxPageBytes at least 1");
    }
  }

  /** These bounds with another total. */
  public ApiLimits within(Duration newTotal) {
    return new ApiLimits(newTotal, connect, silence, retries, maxPages, maxPageBytes);
  }
}
