package io.github.cachemesh.testkit.github;

import tools.jackson.databind.node.ObjectNode;

/** The runs of one workflow, by its file's name or its number. */
final class WorkflowRunEndpoints {
  private WorkflowRunEndpoints() {}

  static void register(Router router) {
    router.on(
        "GET",
        "/repos/{owner}/{repo}/actions/workflows/{workflow}/runs",
        WorkflowRunEndpoints::runs);
  }

  private static Reply runs(Call call) {
    Repository repository = call.repository();
    Permissions.require(call, "actions", "read");
    String workflow = call.variable("workflow");
    if (!repository.files.containsKey(path(workflow))
        && repository.runs.values().stream().noneMatch(run -> isOf(run, workflow))) {
      throw ApiFailure.notFound();
    }
    return ActionsEndpoints.runs(
        call, "/actions/workflows/" + workflow + "/runs", run -> isOf(run, workflow));
  }

  static String path(String file) {
    return ".github/workflows/" + file;
  }

  private static boolean isOf(ObjectNode run, String workflow) {
    return run.path("path").stringValue("").equals(path(workflow))
        || run.path("workflow_id").asString("").equals(workflow);
  }
}
