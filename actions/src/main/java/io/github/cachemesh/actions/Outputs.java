package io.github.cachemesh.actions;

import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * The outputs of this step, which later steps read. The runner shows them; they hold no secrets.
 */
public final class Outputs {
  private final EnvironmentFile file;

  Outputs(Map<String, String> env, RandomGenerator random) {
    this.file = new EnvironmentFile("GITHUB_OUTPUT", env, random);
  }

  /**
   * Sets an output; the last value set counts.
   *
   * @throws IllegalArgumentException when the name is none or the value cannot be written as UTF-8
   * @throws ActionFailure when the runner's file cannot be written
   */
  public void set(String name, String value) {
    file.put(name, value);
  }
}
