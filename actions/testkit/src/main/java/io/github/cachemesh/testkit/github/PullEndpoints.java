package io.github.cachemesh.testkit.github;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Pull requests. */
final class PullEndpoints {
  private static final String ROOT = "/repos/{owner}/{repo}/pulls";

  private PullEndpoints() {}

  static void register(Router router) {
    router
        .on("GET", ROOT, PullEndpoints::list)
        .on("POST", ROOT, PullEndpoints::create)
        .on("GET", ROOT + "/{number}", PullEndpoints::get)
        .on("PATCH", ROOT + "/{number}", PullEndpoints::update)
        .on("PUT", ROOT + "/{number}/merge", PullEndpoints::merge)
        .on("GET", ROOT + "/{number}/files", PullEndpoints::files)
        .on("GET", ROOT + "/{number}/commits", PullEndpoints::commits);
  }

  private static Reply list(Call call) {
    Repository repository = call.repository();
    String head = call.request().query("head", "");
    List<ObjectNode> pulls =
        IssueEndpoints.select(repository.pulls.values(), call.request()).stream()
            .filter(pull -> head.isEmpty() || head(pull, "label").equals(head))
            .toList();
    return Page.of(pulls, call.request(), repository.linkPath("/pulls")).reply();
  }

  private static Reply create(Call call) {
    Repository repository = call.writableRepository();
    ObjectNode body = call.body();
    String title = call.required(body, "PullRequest", "title");
    String head = call.required(body, "PullRequest", "head");
    call.required(body, "PullRequest", "base");
    boolean exists =
        repository.pulls.values().stream()
            .anyMatch(pull -> Repository.isOpen(pull) && head(pull, "ref").equals(head));
    if (exists) {
      throw ApiFailure.invalid("PullRequest", "head", "custom");
    }
    int number = repository.nextNumber();
    String text = body.path("body").stringValue("");
    String now = call.timestamp();
    ObjectNode pull = repository.documents.pull(number, title, text, call.login(), now, head);
    repository.addPull(pull, repository.documents.issue(number, title, text, call.login(), now));
    return Reply.created(pull);
  }

  private static Reply get(Call call) {
    ObjectNode pull = pull(call, call.repository());
    MediaType wanted = call.mediaType();
    if (wanted.is("diff") || wanted.is("patch")) {
      return Diffs.reply(pull.path("title").stringValue(), wanted);
    }
    return IssueEndpoints.represent(call, pull);
  }

  private static Reply update(Call call) {
    Repository repository = call.writableRepository();
    ObjectNode pull = pull(call, repository);
    ObjectNode changes = call.body();
    IssueEndpoints.change(call, pull, changes);
    ObjectNode issue = repository.issues.get(IssueEndpoints.number(call));
    if (issue != null) {
      IssueEndpoints.change(call, issue, changes);
    }
    repository.countOpenIssues();
    return Reply.json(200, pull).validatedBy(Validator.NONE);
  }

  private static Reply merge(Call call) {
    Repository repository = call.writableRepository();
    ObjectNode pull = pull(call, repository);
    if (!Repository.isOpen(pull)) {
      throw ApiFailure.of(405, "Pull Request is not mergeable");
    }
    ObjectNode closed = Json.object().put("state", "closed");
    IssueEndpoints.change(call, pull, closed);
    pull.put("merged_at", call.timestamp());
    ObjectNode issue = repository.issues.get(IssueEndpoints.number(call));
    if (issue != null) {
      IssueEndpoints.change(call, issue, closed);
    }
    repository.countOpenIssues();
    String title = pull.path("title").stringValue();
    ObjectNode commit = repository.commit("Merge: " + title, call.login(), call.timestamp());
    ObjectNode result = Json.object();
    result.set("sha", commit.path("sha"));
    result.put("merged", true).put("message", "Pull Request successfully merged");
    return Reply.json(200, result).validatedBy(Validator.NONE);
  }

  private static Reply files(Call call) {
    pull(call, call.repository());
    ObjectNode file = Json.object();
    file.put("sha", GitObject.named("blob", "README.md")).put("filename", "README.md");
    file.put("status", "modified").put("additions", 1).put("deletions", 1).put("changes", 2);
    return Reply.ok(Json.array().add(file));
  }

  private static Reply commits(Call call) {
    Repository repository = call.repository();
    pull(call, repository);
    JsonNode last = repository.commits.getLast();
    return Reply.ok(Json.array().add(last));
  }

  private static ObjectNode pull(Call call, Repository repository) {
    ObjectNode pull = repository.pulls.get(IssueEndpoints.number(call));
    if (pull == null) {
      throw ApiFailure.notFound();
    }
    return pull;
  }

  private static String head(ObjectNode pull, String field) {
    return pull.path("head").path(field).stringValue();
  }
}
