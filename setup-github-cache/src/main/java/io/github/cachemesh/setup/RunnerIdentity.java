package io.github.cachemesh.setup;

import io.github.cachemesh.actions.RunnerEnvironment;

/**
 * Tells one runner installation from all others that use the same cache folder, and stays the same
 * from job to job. Its value has 16 hexadecimal digits.
 */
record RunnerIdentity(String value) {
  private static final int DIGITS = 16;

  /** Of the runner that runs this job. A runner does one job at a time. */
  static RunnerIdentity of(RunnerEnvironment environment) {
    return new RunnerIdentity(
        new Fingerprint()
            .add(environment.variable("RUNNER_NAME").orElse(""))
            .add(environment.temp().toString())
            .hex(DIGITS));
  }
}
