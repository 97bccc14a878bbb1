package io.github.cachemesh.testkit.runner;

import java.util.List;
import java.util.Map;

/**
 * One job of a {@link Workflow}.
 *
 * @param needs the ids of the jobs that come before it
 * @param outputs by name, with expressions
 */
public record WorkflowJob(
    String id,
    Condition condition,
    List<String> needs,
    Map<String, String> outputs,
    List<WorkflowStep> steps) {

  public WorkflowJob {
    needs = List.copyOf(needs);
    outputs = Map.copyOf(outputs);
    steps = List.copyOf(steps);
  }
}
