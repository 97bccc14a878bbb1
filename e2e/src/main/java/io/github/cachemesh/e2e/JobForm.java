package io.github.cachemesh.e2e;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A way to run jobs, one after another on one host, whose cache outlives each of them. */
interface JobForm extends AutoCloseable {
  /**
   * What a job had of the cache.
   *
   * @param report what the action said at the job's end
   * @param statsFile what it saved, as JSON
   */
  record Saved(String report, Path statsFile) {}

  /**
   * Runs a job to its end.
   *
   * @return empty for a job without the cache
   * @throws IllegalStateException with its log when it fails
   */
  Optional<Saved> run(DemoJob job) throws IOException, InterruptedException;

  /** Ends what outlives the jobs. */
  @Override
  void close() throws IOException;
}
