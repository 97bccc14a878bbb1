package io.github.cachemesh.testkit.github;

import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Workflow runs, their jobs, logs and artifacts; archives are behind signed redirects. */
final class ActionsEndpoints {
  private static final String ROOT = "/repos/{owner}/{repo}/actions";
  private static final String STORAGE = "productionresultssa0.blob.core.windows.net";

  private final SignedUrls signed;

  private ActionsEndpoints(SignedUrls signed) {
    this.signed = signed;
  }

  static void register(Router router, SignedUrls signed) {
    ActionsEndpoints endpoints = new ActionsEndpoints(signed);
    router
        .on("GET", ROOT + "/runs", ActionsEndpoints::runs)
        .on("GET", ROOT + "/runs/{id}", call -> Reply.ok(run(call)))
        .on("GET", ROOT + "/runs/{id}/jobs", ActionsEndpoints::jobs)
        .on("GET", ROOT + "/runs/{id}/logs", endpoints::logs)
        .on("POST", ROOT + "/runs/{id}/rerun", ActionsEndpoints::rerun)
        .on("GET", ROOT + "/runs/{id}/artifacts", ActionsEndpoints::runArtifacts)
        .on("GET", ROOT + "/artifacts", ActionsEndpoints::artifacts)
        .on("GET", ROOT + "/artifacts/{id}", call -> Reply.ok(artifact(call).document()))
        .on("GET", ROOT + "/artifacts/{id}/zip", endpoints::zip)
        .on("GET", ROOT + "/workflows", call -> workflows(call.repository()))
        .on("GET", ROOT + "/workflows/{workflow}", call -> Reply.ok(workflow(call.repository())));
  }

  private static Reply runs(Call call) {
    return runs(call, "/actions/runs", _ -> true);
  }

  /** The runs that are wanted and that the query lets pass. */
  static Reply runs(Call call, String below, Predicate<ObjectNode> wanted) {
    Repository repository = call.repository();
    ApiRequest request = call.request();
    List<ObjectNode> runs =
        repository.runs.descendingMap().values().stream()
            .filter(wanted)
            .filter(run -> matches(run, "head_branch", request.query("branch", "")))
            .filter(run -> matches(run, "event", request.query("event", "")))
            .filter(
                run ->
                    matches(run, "status", request.query("status", ""))
                        || matches(run, "conclusion", request.query("status", "")))
            .toList();
    return wrapped("workflow_runs", Page.of(runs, request, repository.linkPath(below)));
  }

  private static Reply jobs(Call call) {
    ObjectNode run = run(call);
    ObjectNode result = Json.object().put("total_count", 2);
    ArrayNode jobs = result.putArray("jobs");
    for (String name : List.of("build", "test")) {
      ObjectNode job = jobs.addObject();
      job.put("id", run.path("id").longValue() + 1_000_000 + name.length());
      for (String field : List.of("head_sha", "status", "conclusion", "html_url")) {
        job.set(field, run.path(field));
      }
      job.set("run_id", run.path("id"));
      job.set("started_at", run.path("created_at"));
      job.set("completed_at", run.path("updated_at"));
      job.put("name", name).putArray("steps");
    }
    return Reply.ok(result);
  }

  private Reply logs(Call call) {
    return Reply.redirect(
        signed.url(STORAGE, "/logs/" + call.repository().id() + "/" + run(call).path("id")));
  }

  private static Reply rerun(Call call) {
    call.writableRepository();
    ObjectNode run = run(call);
    run.put("run_attempt", run.path("run_attempt").intValue() + 1);
    run.put("status", "queued").putNull("conclusion").put("updated_at", call.timestamp());
    return Reply.json(201, Json.object());
  }

  private static Reply runArtifacts(Call call) {
    long run = run(call).path("id").longValue();
    Repository repository = call.repository();
    List<ObjectNode> artifacts =
        repository.artifacts.values().stream()
            .filter(artifact -> artifact.parent() == run)
            .map(Repository.StoredFile::document)
            .toList();
    String linkPath = repository.linkPath("/actions/runs/" + run + "/artifacts");
    return wrapped("artifacts", Page.of(artifacts, call.request(), linkPath));
  }

  private static Reply artifacts(Call call) {
    Repository repository = call.repository();
    List<ObjectNode> artifacts =
        repository.artifacts.descendingMap().values().stream()
            .map(Repository.StoredFile::document)
            .toList();
    return wrapped(
        "artifacts", Page.of(artifacts, call.request(), repository.linkPath("/actions/artifacts")));
  }

  private Reply zip(Call call) {
    if (call.caller() instanceof Caller.Anonymous) {
      throw ApiFailure.of(401, "Requires authentication");
    }
    artifact(call);
    String path = "/artifacts/" + call.repository().id() + "/" + ReleaseEndpoints.id(call);
    return Reply.redirect(signed.url(STORAGE, path));
  }

  private static Reply workflows(Repository repository) {
    ObjectNode result = Json.object().put("total_count", 1);
    result.putArray("workflows").add(workflow(repository));
    return Reply.ok(result);
  }

  private static ObjectNode workflow(Repository repository) {
    String api =
        "https://api.github.com/repos/" + repository.fullName() + "/actions/workflows/7001";
    ObjectNode workflow = Json.object();
    workflow.put("id", 7001).put("node_id", "V183MDAx").put("name", "ci");
    workflow.put("path", ".github/workflows/ci.yml").put("state", "active").put("url", api);
    workflow.put("created_at", "2025-01-01T00:00:00Z").put("updated_at", "2025-01-01T00:00:00Z");
    return workflow;
  }

  private static Reply wrapped(String field, Page page) {
    ObjectNode result = Json.object().put("total_count", page.all().size());
    result.set(field, page.items());
    return page.linked(Reply.ok(result));
  }

  private static boolean matches(JsonNode run, String field, String wanted) {
    return wanted.isEmpty() || run.path(field).stringValue("").equals(wanted);
  }

  private static ObjectNode run(Call call) {
    ObjectNode run = call.repository().runs.get(ReleaseEndpoints.id(call));
    if (run == null) {
      throw ApiFailure.notFound();
    }
    return run;
  }

  private static Repository.StoredFile artifact(Call call) {
    Repository.StoredFile artifact = call.repository().artifacts.get(ReleaseEndpoints.id(call));
    if (artifact == null) {
      throw ApiFailure.notFound();
    }
    return artifact;
  }
}
