package io.github.cachemesh.testkit.github;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Repositories themselves, their branches, tags and commits. */
final class RepositoryEndpoints {
  private static final String ROOT = "/repos/{owner}/{repo}";

  private RepositoryEndpoints() {}

  static void register(Router router) {
    router
        .on("GET", ROOT, RepositoryEndpoints::get)
        .on("PATCH", ROOT, RepositoryEndpoints::update)
        .on(
            "GET",
            ROOT + "/branches",
            call -> list(call, "/branches", call.repository().branches.values()))
        .on(
            "GET",
            ROOT + "/branches/{name*}",
            call -> named(call.repository().branches.get(call.variable("name"))))
        .on(
            "GET",
            ROOT + "/tags",
            call -> list(call, "/tags", call.repository().tags.descendingMap().values()))
        .on(
            "GET",
            ROOT + "/commits",
            call -> list(call, "/commits", call.repository().commits.reversed()))
        .on("GET", ROOT + "/commits/{ref*}", RepositoryEndpoints::commit)
        .on("GET", ROOT + "/languages", call -> languages(call.repository()))
        .on("GET", ROOT + "/milestones", RepositoryEndpoints::empty)
        .on("GET", ROOT + "/deployments", RepositoryEndpoints::empty)
        .on("GET", ROOT + "/tarball/{ref*}", call -> archive(call, "legacy.tar.gz"))
        .on("GET", ROOT + "/zipball/{ref*}", call -> archive(call, "legacy.zip"));
  }

  /** The repository as this caller sees it: what one may do depends on the token. */
  static ObjectNode seenBy(Caller caller, Repository repository) {
    ObjectNode document = repository.document().deepCopy();
    if (caller instanceof Caller.Authorised) {
      boolean write = caller.mayWrite(repository.isPrivate(), repository.fullName());
      document
          .putObject("permissions")
          .put("admin", false)
          .put("maintain", false)
          .put("push", write)
          .put("triage", write)
          .put("pull", true);
    }
    return document;
  }

  private static Reply get(Call call) {
    Repository repository = call.repository();
    // GitHub's date here does not move with every change of the document, which is why
    // If-Modified-Since brings wrong 304s.
    Instant pushed = Instant.parse(repository.document().path("pushed_at").stringValue());
    return Reply.ok(seenBy(call.caller(), repository)).modifiedAt(pushed);
  }

  private static Reply update(Call call) {
    Repository repository = call.writableRepository();
    ObjectNode body = call.body();
    for (String field : List.of("description", "homepage", "has_issues", "default_branch")) {
      JsonNode value = body.get(field);
      if (value != null) {
        repository.document().set(field, value);
      }
    }
    repository.document().put("updated_at", call.timestamp());
    return Reply.json(200, seenBy(call.caller(), repository)).validatedBy(Validator.NONE);
  }

  private static Reply list(Call call, String below, Collection<ObjectNode> documents) {
    return Page.of(List.copyOf(documents), call.request(), call.repository().linkPath(below))
        .reply();
  }

  private static Reply empty(Call call) {
    call.repository();
    return Reply.ok(Json.array());
  }

  private static Reply named(@Nullable ObjectNode document) {
    if (document == null) {
      throw ApiFailure.notFound();
    }
    return Reply.ok(document);
  }

  private static Reply commit(Call call) {
    Repository repository = call.repository();
    String ref = call.variable("ref");
    ObjectNode branch = repository.branches.get(ref.replaceFirst("^heads/", ""));
    ObjectNode tag = repository.tags.get(ref.replaceFirst("^tags/", ""));
    String sha =
        branch != null
            ? branch.path("commit").path("sha").stringValue()
            : tag != null ? tag.path("commit").path("sha").stringValue() : ref;
    ObjectNode commit =
        repository.commits.stream()
            .filter(candidate -> candidate.path("sha").stringValue().startsWith(sha))
            .findFirst()
            .orElseThrow(() -> ApiFailure.of(422, "No commit found for SHA: " + ref));
    MediaType wanted = call.mediaType();
    if (wanted.is("sha")) {
      String full = commit.path("sha").stringValue();
      return Reply.text(full, "application/vnd.github.sha; charset=utf-8")
          .validatedBy(new Validator.GitSha(full));
    }
    if (wanted.is("diff") || wanted.is("patch")) {
      return Diffs.reply(commit.path("commit").path("message").stringValue(), wanted);
    }
    ObjectNode detailed = commit.deepCopy();
    detailed.putObject("stats").put("total", 2).put("additions", 1).put("deletions", 1);
    ArrayNode files = detailed.putArray("files");
    files.addObject().put("filename", "README.md").put("status", "modified").put("changes", 2);
    return Reply.ok(detailed);
  }

  private static Reply languages(Repository repository) {
    ObjectNode languages = Json.object();
    languages.put("Java", 10_000L + repository.id()).put("Shell", 321);
    return Reply.ok(languages);
  }

  private static Reply archive(Call call, String form) {
    return Reply.redirect(
        "https://codeload.github.com/"
            + call.repository().fullName()
            + "/"
            + form
            + "/"
            + call.variable("ref"));
  }

  /** All repositories that the caller may read, as it sees them. */
  static List<ObjectNode> readableBy(Call call) {
    List<ObjectNode> readable = new ArrayList<>();
    for (World.Declared declared : call.world().declared()) {
      if (call.caller().mayRead(declared.isPrivate(), declared.fullName())) {
        call.world()
            .repository(declared.fullName())
            .ifPresent(repository -> readable.add(seenBy(call.caller(), repository)));
      }
    }
    return readable;
  }
}
