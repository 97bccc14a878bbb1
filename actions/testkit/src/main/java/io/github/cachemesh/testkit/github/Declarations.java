package io.github.cachemesh.testkit.github;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What tests declare about a repository, behind the API's back: a JSON object with {@code
 * repository} and the fields of its kind. A field that is left out keeps its value, or gets
 * GitHub's usual one.
 *
 * <ul>
 *   <li>{@code commit}: {@code sha}, {@code tree}, {@code message}
 *   <li>{@code run}: {@code workflow} (file name), {@code branch}, {@code event}, {@code status},
 *       {@code conclusion}, {@code run_number}, {@code head_sha}, {@code pull_request}; with {@code
 *       id} that run changes
 *   <li>{@code pull}: {@code number}, {@code head_ref}, {@code head_sha}, {@code base_ref}, {@code
 *       merge_commit_sha}, {@code merged} (default true), {@code head_repository_id} (null when
 *       deleted), {@code commits} that it brought besides the merge commit
 *   <li>{@code property}: {@code name}, {@code value} (null removes it)
 *   <li>{@code analysis}: {@code id} and {@code drop: true}, or fields to {@code set}, or another
 *       {@code sarif}
 * </ul>
 */
final class Declarations {
  static final Set<String> KINDS = Set.of("commit", "run", "pull", "property", "analysis");

  private final Repository repository;
  private final ObjectNode fields;
  private final String now;

  private Declarations(Repository repository, ObjectNode fields, Instant now) {
    this.repository = repository;
    this.fields = fields;
    this.now = now.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /**
   * @return the document that was made or changed; empty for what has none
   * @throws IllegalArgumentException when the kind is unknown or a field is missing
   */
  static ObjectNode declare(World world, String kind, ObjectNode fields, Instant now) {
    String name = fields.path("repository").asString("");
    Declarations declared = new Declarations(Changes.repository(world, name), fields, now);
    return switch (kind) {
      case "commit" -> declared.commit();
      case "run" -> declared.run();
      case "pull" -> declared.pull();
      case "property" -> declared.property();
      case "analysis" -> declared.analysis();
      default -> throw new IllegalArgumentException("Nothing is called " + kind + ": " + KINDS);
    };
  }

  private ObjectNode commit() {
    String sha = sha("sha");
    String tree = sha("tree");
    String parent = repository.headSha();
    ObjectNode commit =
        repository.documents.commit(
            sha, parent, fields.path("message").asString("Change"), "ada", now);
    ((ObjectNode) commit.path("commit").path("tree"))
        .put("sha", tree)
        .put("url", "https://api.github.com/repos/" + repository.fullName() + "/git/trees/" + tree);
    repository.scans.commits.put(sha, commit);
    return commit;
  }

  private ObjectNode run() {
    ObjectNode run = fields.has("id") ? known(repository.runs.get(number("id")), "run") : newRun();
    copy(run, "event", "event");
    copy(run, "status", "status");
    copy(run, "conclusion", "conclusion");
    copy(run, "branch", "head_branch");
    copy(run, "run_number", "run_number");
    if (!run.path("status").asString("").equals("completed")) {
      run.putNull("conclusion");
    }
    return run;
  }

  private ObjectNode newRun() {
    long id = repository.nextId();
    String head = fields.path("head_sha").asString(repository.headSha());
    ObjectNode run =
        repository.documents.run(id, (int) number("run_number"), head, "Scan", "ada", now);
    String workflow = text("workflow");
    run.put("name", workflow).put("path", WorkflowRunEndpoints.path(workflow));
    run.put("workflow_id", 8_000 + Math.floorMod(workflow.hashCode(), 1_000));
    if (fields.has("pull_request")) {
      long pull = number("pull_request");
      run.putArray("pull_requests").addObject().put("id", pull).put("number", pull);
    }
    repository.runs.put(id, run);
    return run;
  }

  private ObjectNode pull() {
    int number = (int) number("number");
    String merge = sha("merge_commit_sha");
    ObjectNode pull = repository.documents.pull(number, "Change", "", "ada", now, text("head_ref"));
    ObjectNode head = (ObjectNode) pull.path("head");
    head.put("sha", sha("head_sha"));
    JsonNode headRepository = fields.path("head_repository_id");
    if (headRepository.isNull()) {
      head.putNull("repo");
    } else if (headRepository.isNumber()) {
      ObjectNode fork = repository.document().deepCopy();
      head.set("repo", fork.put("id", headRepository.longValue()).put("fork", true));
    }
    ((ObjectNode) pull.path("base")).put("ref", fields.path("base_ref").asString("main"));
    pull.put("merge_commit_sha", merge);
    if (fields.path("merged").asBoolean(true)) {
      pull.put("state", "closed").put("closed_at", now).put("merged_at", now);
    }
    repository.addPull(pull, repository.documents.issue(number, "Change", "", "ada", now));
    repository.scans.belongsTo(merge, number);
    fields.path("commits").forEach(sha -> repository.scans.belongsTo(sha.stringValue(), number));
    return pull;
  }

  private ObjectNode property() {
    JsonNode value = fields.path("value");
    if (value.isMissingNode() || value.isNull()) {
      repository.scans.properties.remove(text("name"));
    } else {
      repository.scans.properties.put(text("name"), value);
    }
    return Json.object();
  }

  private ObjectNode analysis() {
    long id = number("id");
    ScanRecords.Analysis old = repository.scans.analyses.get(id);
    ObjectNode document = known(old == null ? null : old.document(), "analysis");
    if (fields.path("drop").asBoolean(false)) {
      repository.scans.analyses.remove(id);
      return document;
    }
    if (fields.path("set") instanceof ObjectNode changes) {
      document.setAll(changes);
    }
    if (old != null && fields.path("sarif") instanceof ObjectNode sarif) {
      repository.scans.analyses.put(id, new ScanRecords.Analysis(document, sarif));
    }
    return document;
  }

  private void copy(ObjectNode to, String from, String field) {
    if (fields.has(from)) {
      to.set(field, fields.path(from));
    }
  }

  private static ObjectNode known(@Nullable ObjectNode document, String kind) {
    if (document == null) {
      throw new IllegalArgumentException("There is no " + kind + " of this id");
    }
    return document;
  }

  private String text(String name) {
    String value = fields.path(name).asString("");
    if (value.isEmpty()) {
      throw new IllegalArgumentException("The field " + name + " is missing");
    }
    return value;
  }

  private String sha(String name) {
    String value = text(name);
    if (!value.matches("[0-9a-f]{40}")) {
      throw new IllegalArgumentException(name + " must be 40 hexadecimal digits, not " + value);
    }
    return value;
  }

  private long number(String name) {
    if (!fields.path(name).isIntegralNumber()) {
      throw new IllegalArgumentException("The field " + name + " is no number");
    }
    return fields.path(name).longValue();
  }
}
