package io.github.cachemesh.core.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cachemesh.core.stats.StatisticsReport;
import io.github.cachemesh.core.store.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.logging.Logger;

/**
 * What the last job of each runner saved, {@code jobs/RUNNER.json} in the cache folder with mode
 * 0600. Thread-safe.
 */
final class JobStatistics {
  private static final Logger LOG = Logger.getLogger(JobStatistics.class.getName());

  private final Path folder;
  private final InstantSource clock;

  JobStatistics(Path cacheDir, InstantSource clock) {
    this.folder = cacheDir.toAbsolutePath().resolve("jobs");
    this.clock = clock;
  }

  /**
   * @param runner as {@link LeaseRequest} takes it, and so a safe file name
   */
  Path file(String runner) {
    return folder.resolve(runner + ".json");
  }

  /** Writes the file; where that fails, it is logged, and whoever asked has the report anyway. */
  void write(String runner, StatisticsReport savings) {
    try {
      PrivateFiles.replace(
          file(runner),
          clock.instant(),
          ByteBuffer.wrap((savings.toJson() + "\n").getBytes(UTF_8)));
    } catch (IOException e) {
      LOG.warning(() -> "cachemesh: what a job saved cannot be written: " + e);
    }
  }
}
