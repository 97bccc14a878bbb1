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

  /** The result of a job that ran; the first of its results where it has a matrix. */
  public JobResult job(String id) {
    return runsOf(id).getFirst();
  }

  private List<JobResult> runsOf(String id) {
    List<JobResult> runs = jobs.stream().filter(job -> job.job().equals(id)).toList();
    if (runs.isEmpty()) {
      throw new IllegalArgumentException("there ran no job '" + id + "'");
    }
    return runs;
  }

  /** How a job ended. */
  public Outcome outcome(String id) {
    if (skipped.contains(id)) {
      return Outcome.SKIPPED;
    }
    return runsOf(id).stream().allMatch(JobResult::succeeded) ? Outcome.SUCCESS : Outcome.FAILURE;
  }

  /** What a job hands to those that need it; nothing if it did not run. */
  Map<String, String> outputs(String id) {
    return skipped.contains(id) ? Map.of() : job(id).outputs();
  }
}
