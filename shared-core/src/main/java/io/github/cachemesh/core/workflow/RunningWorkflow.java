package io.github.cachemesh.core.workflow;

import io.github.cachemesh.core.workflow.YamlValue.Mapping;

/** The text of the workflow that runs, well-formed and within the bounds of its reader. */
public final class RunningWorkflow {
  private final String path;
  private final Mapping root;

  private RunningWorkflow(String path, Mapping root) {
    this.path = path;
    this.root = root;
  }

  /**
   * Reads a workflow of at most 1 Mi characters.
   *
   * @param path within the repository, {@code .github/workflows/codeql.yml}: the one in {@code
   *     GITHUB_WORKFLOW_REF}
   * @throws InvalidWorkflowException naming the line
   */
  public static RunningWorkflow parse(String yaml, String path) throws InvalidWorkflowException {
    return new RunningWorkflow(path, WorkflowReader.read(yaml, path));
  }

  /** Within the repository. */
  public String path() {
    return path;
  }

  Mapping root() {
    return root;
  }
}
