package io.github.cachemesh.testkit.runner;

import java.util.List;
import java.util.Map;

/** Where {@code run:} steps run. */
interface StepHost {

  /**
   * @param env what the runner sets for the step, with host paths
   * @param path the folders that steps put before PATH
   */
  ActionLauncher.Launch prepare(
      List<String> command, Map<String, String> env, List<String> path, String trackingId);
}
