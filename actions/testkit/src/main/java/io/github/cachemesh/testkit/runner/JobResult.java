package io.github.cachemesh.testkit.runner;

import io.github.cachemesh.actions.Phase;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a job came to.
 *
 * @param steps every phase of every step, in the order they ran
 * @param outputs what the job hands to those that need it, unmasked
 * @param env what steps exported to later ones, unmasked
 * @param path what steps put before PATH, the last first
 * @param killed the processes that were left behind and killed, by process id
 */
public record JobResult(
    String job,
    List<StepResult> steps,
    Map<String, String> outputs,
    Map<String, String> env,
    List<String> path,
    List<Long> killed) {

  public JobResult {
    steps = List.copyOf(steps);
    outputs = Map.copyOf(outputs);
    env = Map.copyOf(env);
    path = List.copyOf(path);
    killed = List.copyOf(killed);
  }

  public boolean succeeded() {
    return steps.stream().noneMatch(step -> step.outcome() == StepResult.Outcome.FAILURE);
  }

  /** The main phase of a step. */
  public StepResult step(String id) {
    return phase(id, Phase.MAIN);
  }

  /** The post phase of a step. */
  public StepResult post(String id) {
    return phase(id, Phase.POST);
  }

  /** All logs, each under a line that names its step. */
  public String log() {
    return steps.stream()
        .map(step -> "# " + step.id() + " (" + step.phase().argument() + ")\n" + step.log())
        .collect(Collectors.joining());
  }

  private StepResult phase(String id, Phase phase) {
    return steps.stream()
        .filter(step -> step.id().equals(id) && step.phase() == phase)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "job '" + job + "' ran no " + phase.argument() + " of '" + id + "'"));
  }
}
