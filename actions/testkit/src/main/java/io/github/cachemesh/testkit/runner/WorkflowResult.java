package io.github.cachemesh.testkit.runner;

import io.github.cachemesh.testkit.runner.StepResult.Outcome;
import java.util.List;
import java.util.Map;

/**
 * What a workflow came to.
 *
 * @param jobs those that ran, in that order
 * @param skipped the ids of those that did not
 */
public record WorkflowResult(List<JobResult> jobs, List<String> skipped) {

  public WorkflowResult {
    jobs = List.copyOf(jobs);
    skipped = List.copyOf(skipped);
  }

  /** Whether no job failed. */
  public boolean succeeded() {
    return jobs.stream().allMatch(JobResult::succeeded);
  }

  /** The result of a job that ran. */
  public JobResult job(String id) {
    return jobs.stream()
        .filter(job -> job.job().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there ran no job '" + id + "'"));
  }

  /** How a job ended. */
  public Outcome outcome(String id) {
    if (skipped.contains(id)) {
      return Outcome.SKIPPED;
    }
    return job(id).succeeded() ? Outcome.SUCCESS : Outcome.FAILURE;
  }

  /** What a job hands to those that need it; nothing if it did not run. */
  Map<String, String> outputs(String id) {
    return skipped.contains(id) ? Map.of() : job(id).outputs();
  }
}
