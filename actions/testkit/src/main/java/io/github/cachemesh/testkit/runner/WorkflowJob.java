package io.github.cachemesh.testkit.runner;

import java.util.List;
import java.util.Map;

/**
 * One job of a {@link Workflow}.
 *
 * @param needs the ids of the jobs that come before it
 * @param environment that it is deployed to; empty for none
 * @param idTokens whether it has {@code id-token: write}
 * @param outputs by name, with expressions
 * @param env variables of all steps, with expressions
 * @param matrix the values of each of its runs; empty for a job without a matrix
 */
public record WorkflowJob(
    String id,
    Condition condition,
    List<String> needs,
    String environment,
    boolean idTokens,
    Map<String, String> outputs,
    Map<String, String> env,
    List<Map<String, String>> matrix,
    List<WorkflowStep> steps) {

  public WorkflowJob {
    needs = List.copyOf(needs);
    outputs = Map.copyOf(outputs);
    env = Map.copyOf(env);
    matrix = List.copyOf(matrix);
    steps = List.copyOf(steps);
  }
}
