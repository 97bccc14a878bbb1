package io.github.cachemesh.testkit.github;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/**
 * The state of one repository: documents by number, id or name, in GitHub's shape. Guarded by the
 * lock of {@link ApiService}.
 */
final class Repository {
  /** A release's or run's file, with what it belongs to. */
  record StoredFile(long parent, ObjectNode document, byte[] content) {}

  /** A comment and the issue that it is on. */
  record Comment(int issue, ObjectNode document) {}

  final Documents documents;
  final NavigableMap<Integer, ObjectNode> issues = new TreeMap<>();
  final NavigableMap<Integer, ObjectNode> pulls = new TreeMap<>();
  final NavigableMap<Long, Comment> comments = new TreeMap<>();
  final Map<String, ObjectNode> labels = new LinkedHashMap<>();
  final NavigableMap<Long, ObjectNode> releases = new TreeMap<>();
  final NavigableMap<Long, StoredFile> assets = new TreeMap<>();
  final NavigableMap<String, ObjectNode> branches = new TreeMap<>();
  final NavigableMap<String, ObjectNode> tags = new TreeMap<>();
  final NavigableMap<Long, ObjectNode> runs = new TreeMap<>();
  final NavigableMap<Long, StoredFile> artifacts = new TreeMap<>();
  final NavigableMap<String, byte[]> files = new TreeMap<>();
  final List<ObjectNode> commits = new ArrayList<>();
  final ScanRecords scans = new ScanRecords();

  private final long id;
  private final String fullName;
  private long lastId;

  Repository(long id, String fullName, boolean isPrivate) {
    int slash = fullName.indexOf('/');
    this.id = id;
    this.fullName = fullName;
    this.lastId = id * 100_000 + 90_000;
    this.documents =
        new Documents(fullName.substring(0, slash), fullName.substring(slash + 1), id, isPrivate);
  }

  String fullName() {
    return fullName;
  }

  long id() {
    return id;
  }

  ObjectNode document() {
    return documents.repository();
  }

  boolean isPrivate() {
    return document().path("private").booleanValue();
  }

  /** The path that GitHub's own links use. */
  String linkPath(String below) {
    return "/repositories/" + id + below;
  }

  long nextId() {
    return ++lastId;
  }

  /** Issues and pull requests share their numbers. */
  int nextNumber() {
    return issues.isEmpty() ? 1 : issues.lastKey() + 1;
  }

  String headSha() {
    return commits.getLast().path("sha").stringValue();
  }

  /** Adds a commit on top of the default branch. */
  ObjectNode commit(String message, String login, String created) {
    String parent = commits.isEmpty() ? "0".repeat(40) : headSha();
    String sha = GitObject.named("commit", parent + message + created + commits.size());
    ObjectNode commit = documents.commit(sha, parent, message, login, created);
    commits.add(commit);
    branches.put("main", documents.branch("main", sha));
    return commit;
  }

  void addIssue(ObjectNode issue) {
    issues.put(issue.path("number").intValue(), issue);
    countOpenIssues();
  }

  /** A pull request is an issue too. */
  void addPull(ObjectNode pull, ObjectNode issue) {
    ObjectNode link = issue.putObject("pull_request");
    for (String name : List.of("url", "html_url", "diff_url", "patch_url", "merged_at")) {
      link.set(name, pull.path(name));
    }
    pulls.put(pull.path("number").intValue(), pull);
    addIssue(issue);
  }

  void countOpenIssues() {
    long open = issues.values().stream().filter(Repository::isOpen).count();
    document().put("open_issues_count", open).put("open_issues", open);
  }

  static boolean isOpen(ObjectNode issue) {
    return issue.path("state").stringValue("").equals("open");
  }
}
