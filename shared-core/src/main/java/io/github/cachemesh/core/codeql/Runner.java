package io.github.cachemesh.core.codeql;

import java.util.Map;

/**
 * The machine of a job, in the runner's own words.
 *
 * @param imageOs and {@code imageVersion}: of a hosted runner's image; empty on other machines
 */
public record Runner(String os, String arch, String imageOs, String imageVersion) {
  /** From a job's environment. */
  public static Runner of(Map<String, String> environment) {
    return new Runner(
        environment.getOrDefault("RUNNER_OS", ""),
        environment.getOrDefault("RUNNER_ARCH", ""),
        environment.getOrDefault("ImageOS", ""),
        environment.getOrDefault("ImageVersion", ""));
  }
}
