package io.github.cachemesh.testkit.github;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** Makes the documents of one repository, each in GitHub's shape with links to its neighbours. */
final class Documents {
  private final String owner;
  private final String name;
  private final long repositoryId;
  private final ObjectNode repository;

  Documents(String owner, String name, long repositoryId, boolean isPrivate) {
    this.owner = owner;
    this.name = name;
    this.repositoryId = repositoryId;
    this.repository =
        fill("repository", repositoryId, Map.of("description", "The " + name + " project"));
    repository.put("private", isPrivate).put("visibility", isPrivate ? "private" : "public");
    repository.set("owner", organization(owner));
  }

  ObjectNode repository() {
    return repository;
  }

  /** A user as embedded in other documents; the id follows from the login. */
  static ObjectNode user(String login) {
    long id = 1_000_000L + Math.floorMod(login.hashCode(), 9_000_000);
    ObjectNode user =
        Template.named("user")
            .fill(Map.of("login", login, "id", Long.toString(id), "node", node("User", id)));
    user.put("id", id);
    if (login.endsWith("[bot]")) {
      user.put("type", "Bot");
    }
    return user;
  }

  static ObjectNode organization(String login) {
    return user(login).put("type", "Organization");
  }

  ObjectNode issue(int number, String title, String body, String author, String created) {
    ObjectNode issue =
        fill(
            "issue",
            id(number),
            Map.of(
                "number", Integer.toString(number),
                "title", title,
                "body", body,
                "created", created));
    issue.put("number", number);
    issue.set("user", user(author));
    return issue;
  }

  ObjectNode pull(
      int number, String title, String body, String author, String created, String head) {
    String sha = GitObject.named("commit", owner + name + "head" + number);
    ObjectNode pull =
        fill(
            "pull",
            id(number) + 50_000,
            Map.of(
                "number", Integer.toString(number),
                "title", title,
                "body", body,
                "created", created,
                "head", head,
                "sha", sha,
                "base", GitObject.named("commit", owner + name + "base" + number)));
    pull.put("number", number);
    pull.set("user", user(author));
    for (String side : List.of("head", "base")) {
      ObjectNode end = (ObjectNode) pull.path(side);
      end.set("user", repository.path("owner"));
      end.set("repo", repository);
    }
    return pull;
  }

  ObjectNode comment(long id, int number, String body, String author, String created) {
    ObjectNode comment =
        fill(
            "comment",
            id,
            Map.of("number", Integer.toString(number), "body", body, "created", created));
    comment.set("user", user(author));
    return comment;
  }

  ObjectNode label(long id, String label, String color, String description) {
    return fill("label", id, Map.of("name", label, "color", color, "description", description));
  }

  ObjectNode release(long id, String tag, String body, String author, String created) {
    ObjectNode release = fill("release", id, Map.of("tag", tag, "body", body, "created", created));
    release.set("author", user(author));
    return release;
  }

  ObjectNode asset(
      long id, String tag, String file, String type, byte[] content, String login, String created) {
    ObjectNode asset =
        fill(
            "asset",
            id,
            Map.of(
                "tag", tag,
                "name", file,
                "type", type,
                "digest", EntityTag.sha256Hex(content),
                "created", created));
    asset.put("size", content.length);
    asset.set("uploader", user(login));
    return asset;
  }

  ObjectNode commit(String sha, String parent, String message, String login, String created) {
    ObjectNode commit =
        fill(
            "commit",
            0,
            Map.of(
                "sha", sha,
                "parent", parent,
                "tree", GitObject.named("tree", sha),
                "message", message,
                "login", login,
                "created", created));
    commit.set("author", user(login));
    commit.set("committer", user("web-flow"));
    return commit;
  }

  ObjectNode branch(String branch, String sha) {
    return fill("branch", 0, Map.of("name", branch, "sha", sha));
  }

  ObjectNode tag(String tag, String sha) {
    return fill("tag", 0, Map.of("name", tag, "sha", sha));
  }

  ObjectNode run(long id, int number, String sha, String title, String login, String created) {
    ObjectNode run =
        fill("run", id, Map.of("sha", sha, "title", title, "login", login, "created", created));
    run.put("run_number", number).put("check_suite_id", id + 7);
    run.set("actor", user(login));
    run.set("triggering_actor", user(login));
    run.set("repository", repository);
    run.set("head_repository", repository);
    return run;
  }

  ObjectNode artifact(long id, long run, String file, byte[] zip, String sha, String created) {
    ObjectNode artifact =
        fill(
            "artifact",
            id,
            Map.of(
                "name", file,
                "digest", EntityTag.sha256Hex(zip),
                "sha", sha,
                "created", created));
    artifact.put("size_in_bytes", zip.length);
    ObjectNode of = (ObjectNode) artifact.path("workflow_run");
    of.put("id", run).put("repository_id", repositoryId).put("head_repository_id", repositoryId);
    return artifact;
  }

  ObjectNode content(String path, byte[] file, String ref) {
    ObjectNode content =
        fill(
            "content",
            0,
            Map.of(
                "name",
                path.substring(path.lastIndexOf('/') + 1),
                "path",
                path,
                "sha",
                GitObject.blob(file),
                "ref",
                ref));
    return content.put("size", file.length);
  }

  private long id(int number) {
    return repositoryId * 100_000 + number;
  }

  private ObjectNode fill(String template, long id, Map<String, String> values) {
    Map<String, String> all = new HashMap<>(values);
    all.put("owner", owner);
    all.put("repo", name);
    all.put("id", Long.toString(id));
    all.put("node", node(template, id));
    ObjectNode document = Template.named(template).fill(all);
    if (document.has("id")) {
      document.put("id", id);
    }
    return document;
  }

  private static String node(String type, long id) {
    byte[] name = ("0:" + type + id).getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(name);
  }
}
