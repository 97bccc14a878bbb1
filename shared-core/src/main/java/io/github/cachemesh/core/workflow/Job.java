package io.github.cachemesh.core.workflow;

import io.github.cachemesh.core.workflow.YamlValue.Listing;
import io.github.cachemesh.core.workflow.YamlValue.Mapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A job that runs steps, with nothing in it that we do not know. */
record Job(String id, Mapping value, List<Step> steps) {
  private static final Set<String> KEYS =
      Set.of(
          "concurrency",
          "container",
          "continue-on-error",
          "defaults",
          "env",
          "environment",
          "if",
          "name",
          "needs",
          "outputs",
          "permissions",
          "runs-on",
          "services",
          "steps",
          "strategy",
          "timeout-minutes");

  Job {
    steps = List.copyOf(steps);
  }

  /**
   * @throws Doubt when there is no such job, or any job calls another workflow: GITHUB_JOB may then
   *     be a job of that one, whose text is not the one that GITHUB_WORKFLOW_REF names
   */
  static Job of(RunningWorkflow workflow, String id) throws Doubt {
    if (!(workflow.root().get("jobs").orElse(null) instanceof Mapping jobs)) {
      throw Doubt.undeclared(workflow.root().line(), "the workflow has no jobs");
    }
    for (YamlValue job : jobs.members().values()) {
      if (job instanceof Mapping mapping && mapping.get("uses").isPresent()) {
        throw Doubt.undeclared(
            mapping.line(),
            "a job calls a reusable workflow, so which file's job runs is not known;"
                + " keep the scan in a workflow without such calls");
      }
    }
    if (!(jobs.get(id).orElse(null) instanceof Mapping job)) {
      throw Doubt.undeclared(
          jobs.line(),
          "there is no job " + Doubt.name(id) + "; the scan of a reusable workflow always runs");
    }
    for (String key : job.members().keySet()) {
      if (!KEYS.contains(key)) {
        throw Doubt.undeclared(job.line(), "the job's key " + Doubt.name(key) + " is not known");
      }
    }
    return new Job(id, job, steps(job));
  }

  private static List<Step> steps(Mapping job) throws Doubt {
    if (!(job.get("steps").orElse(null) instanceof Listing listing)) {
      throw Doubt.undeclared(job.line(), "the job has no steps");
    }
    List<Step> steps = new ArrayList<>();
    for (YamlValue item : listing.items()) {
      steps.add(Step.of(steps.size(), item));
    }
    return steps;
  }

  boolean hasMatrix() {
    return value.get("strategy").orElse(null) instanceof Mapping strategy
        && strategy.get("matrix").isPresent();
  }
}
