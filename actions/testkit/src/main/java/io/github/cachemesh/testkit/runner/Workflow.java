package io.github.cachemesh.testkit.runner;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A workflow, as far as the emulator runs one: jobs on the host whose steps are actions and scripts
 * for the runner's own shell.
 *
 * @param jobs each after those that it needs, else in the order of the file
 */
public record Workflow(String name, List<WorkflowJob> jobs) {

  /**
   * @throws IllegalArgumentException when a job needs one that there is not, or itself by way of
   *     others
   */
  public Workflow {
    jobs = inOrder(jobs);
  }

  /**
   * Reads a workflow file of at most 256 KiB. What starts it, where its jobs run and what their
   * token may do but request OIDC tokens has no effect here; other keys are refused if the emulator
   * does not know them.
   *
   * @throws IllegalArgumentException naming the key that is not known or not as it must be
   */
  public static Workflow read(Path file) throws IOException {
    return new WorkflowReader().read(file);
  }

  private static List<WorkflowJob> inOrder(List<WorkflowJob> jobs) {
    List<WorkflowJob> waiting = new ArrayList<>(jobs);
    List<WorkflowJob> ordered = new ArrayList<>();
    Set<String> done = new HashSet<>();
    while (!waiting.isEmpty()) {
      WorkflowJob next =
          waiting.stream()
              .filter(job -> done.containsAll(job.needs()))
              .findFirst()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "job '" + waiting.getFirst().id() + "' can never have what it needs"));
      waiting.remove(next);
      ordered.add(next);
      done.add(next.id());
    }
    return List.copyOf(ordered);
  }
}
