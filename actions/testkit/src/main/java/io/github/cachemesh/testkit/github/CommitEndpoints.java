package io.github.cachemesh.testkit.github;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Commits as git objects, the pull requests that they belong to, and custom properties. */
final class CommitEndpoints {
  private static final String ROOT = "/repos/{owner}/{repo}";

  private CommitEndpoints() {}

  /** To be registered before {@link RepositoryEndpoints}, whose commits take the rest of a path. */
  static void register(Router router) {
    router
        .on("GET", ROOT + "/git/commits/{sha}", CommitEndpoints::gitCommit)
        .on("GET", ROOT + "/commits/{sha}/pulls", CommitEndpoints::pulls)
        .on("GET", ROOT + "/properties/values", CommitEndpoints::properties);
  }

  private static Reply gitCommit(Call call) {
    Repository repository = call.repository();
    Permissions.require(call, "contents", "read");
    ObjectNode commit = find(repository, call.variable("sha")).orElseThrow(ApiFailure::notFound);
    ObjectNode git = ((ObjectNode) commit.path("commit")).deepCopy();
    String sha = commit.path("sha").stringValue();
    git.remove("comment_count");
    git.put("sha", sha);
    git.set("node_id", commit.path("node_id"));
    git.set("html_url", commit.path("html_url"));
    git.set("parents", commit.path("parents"));
    return Reply.ok(git);
  }

  private static Reply pulls(Call call) {
    Repository repository = call.repository();
    Permissions.require(call, "pull-requests", "read");
    String sha = call.variable("sha");
    if (find(repository, sha).isEmpty()) {
      throw ApiFailure.of(422, "No commit found for SHA: " + sha);
    }
    List<ObjectNode> pulls =
        repository.scans.pullsOf(sha).stream()
            .map(repository.pulls::get)
            .filter(Objects::nonNull)
            .toList();
    return Page.of(pulls, call.request(), repository.linkPath("/commits/" + sha + "/pulls"))
        .reply();
  }

  private static Optional<ObjectNode> find(Repository repository, String sha) {
    return Stream.concat(repository.scans.commits.values().stream(), repository.commits.stream())
        .filter(commit -> commit.path("sha").stringValue("").equals(sha))
        .findFirst();
  }

  private static Reply properties(Call call) {
    ArrayNode properties = Json.array();
    call.repository()
        .scans
        .properties
        .forEach(
            (name, value) -> properties.addObject().put("property_name", name).set("value", value));
    return Reply.ok(properties);
  }
}
