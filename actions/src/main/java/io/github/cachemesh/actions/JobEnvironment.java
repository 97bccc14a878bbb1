package io.github.cachemesh.actions;

import java.nio.file.Path;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * The environment of the job's later steps. This process's own environment does not change.
 *
 * <p>Methods throw {@link IllegalArgumentException} for what cannot be written and {@link
 * ActionFailure} when the runner's file cannot be.
 */
public final class JobEnvironment {
  private final EnvironmentFile variables;
  private final EnvironmentFile path;

  JobEnvironment(Map<String, String> env, RandomGenerator random) {
    this.variables = new EnvironmentFile("GITHUB_ENV", env, random);
    this.path = new EnvironmentFile("GITHUB_PATH", env, random);
  }

  /**
   * Sets a variable for later steps.
   *
   * @throws IllegalArgumentException also for names the runner refuses or overwrites at each step:
   *     {@code NODE_OPTIONS}, {@code GITHUB_*} and {@code RUNNER_*}
   */
  public void export(String name, String value) {
    if (name.equalsIgnoreCase("NODE_OPTIONS")
        || name.startsWith("GITHUB_")
        || name.startsWith("RUNNER_")) {
      throw new IllegalArgumentException(
          "GITHUB_ENV: exporting '" + name + "' has no effect, the runner sets it itself");
    }
    variables.put(name, value);
  }

  /** Puts a folder of the host before all others on later steps' PATH. */
  public void addPath(Path folder) {
    path.line(folder.toString());
  }
}
