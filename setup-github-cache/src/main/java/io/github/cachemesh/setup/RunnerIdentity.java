package io.github.cachemesh.setup;

import io.github.cachemesh.actions.RunnerEnvironment;
import io.github.cachemesh.actions.RunnerKind;

/**
 * Tells one runner installation from all others that use the same cache folder, and stays the same
 * from job to job. Its value has 16 hexadecimal digits.
 */
record RunnerIdentity(String value) {
  private static final int DIGITS = 16;

  /** Of the runner that runs this job on its own machine. A runner does one job at a time. */
  static RunnerIdentity of(RunnerEnvironment environment) {
    return of(environment, environment.temp().toString());
  }

  /**
   * Of the runner that runs this job's steps as containers. act has no name and runs jobs side by
   * side, but names the containers of a job's step alike each time.
   */
  static RunnerIdentity of(RunnerEnvironment environment, ContainerSurroundings surroundings) {
    return switch (environment.kind()) {
      case RunnerKind.Act _, RunnerKind.ActHost _ ->
          new RunnerIdentity(new Fingerprint().add(surroundings.own().name()).hex(DIGITS));
      case RunnerKind.GitHub _, RunnerKind.Kubernetes _ ->
          of(environment, surroundings.installation());
    };
  }

  private static RunnerIdentity of(RunnerEnvironment environment, String installation) {
    return new RunnerIdentity(
        new Fingerprint()
            .add(environment.variable("RUNNER_NAME").orElse(""))
            .add(installation)
            .hex(DIGITS));
  }
}
