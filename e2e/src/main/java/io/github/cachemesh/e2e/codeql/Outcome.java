package io.github.cachemesh.e2e.codeql;

import io.github.cachemesh.testkit.runner.JobResult;
import io.github.cachemesh.testkit.runner.StepResult;

/**
 * What our step said.
 *
 * @param skipped whether the scan was to be skipped
 * @param reason one word
 */
record Outcome(boolean skipped, String reason, String log) {

  static Outcome of(StepResult step) {
    return new Outcome(
        step.outputs().getOrDefault("should-skip-scan", "").equals("true"),
        step.outputs().getOrDefault("reason", "(none)"),
        step.log());
  }

  static Outcome of(JobResult job) {
    Outcome said = of(job.step(ScanJobs.CACHE));
    return new Outcome(said.skipped(), said.reason(), job.log());
  }
}
