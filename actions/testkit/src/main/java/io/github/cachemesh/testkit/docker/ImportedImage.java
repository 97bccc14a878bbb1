package io.github.cachemesh.testkit.docker;

import java.io.IOException;

/**
 * An image that no registry has: made by {@code e2e/job-image} of this machine's bash, coreutils,
 * curl, gh and node. It has a user {@code runner} (1001) beside root. It is kept for later runs.
 *
 * @param reference as {@code docker run} takes it
 */
public record ImportedImage(String reference) {

  /**
   * Makes the image, or finds it made.
   *
   * @throws IllegalStateException with the reason when it cannot be made
   * @throws IOException when the script cannot be started or takes longer than five minutes
   */
  public static ImportedImage forJobs() throws IOException {
    return new ImportedImage(new E2eScript("job-image").run().output().strip());
  }
}
