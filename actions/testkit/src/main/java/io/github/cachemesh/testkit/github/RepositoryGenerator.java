package io.github.cachemesh.testkit.github;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Fills repositories; the same seed and repository always give the same bytes. */
final class RepositoryGenerator {
  private static final Instant START = Instant.parse("2025-01-01T00:00:00Z");
  private static final List<String> PEOPLE =
      List.of("ada", "barbara", "edsger", "grace", "ken", "leslie", "margaret", "niklaus");
  private static final List<String> WORDS =
      List.of(
          "cache", "runner", "token", "retry", "header", "stale", "socket", "peer", "limit", "page",
          "branch", "build", "flaky", "timeout", "release", "matrix", "upload", "proxy");
  private static final Map<String, String> LABELS =
      Map.of("bug", "d73a4a", "documentation", "0075ca", "enhancement", "a2eeef");

  private final long seed;
  private final Sizes sizes;

  /** How much a generated repository holds. */
  record Sizes(int issues, int commits, int runs) {}

  RepositoryGenerator(long seed, Sizes sizes) {
    this.seed = seed;
    this.sizes = sizes;
  }

  void fill(Repository repository) {
    SplittableRandom random = new SplittableRandom(seed ^ repository.id());
    LABELS.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(label -> addLabel(repository, label.getKey(), label.getValue()));
    addFiles(repository, random);
    for (int i = 0; i < sizes.commits(); i++) {
      repository.commit(sentence(random, 6), person(random), moment(i));
    }
    for (int i = 1; i <= sizes.issues(); i++) {
      addIssue(repository, random, i);
    }
    for (int i = 0; i < 40; i++) {
      String branch = "feature-" + String.format("%02d", i);
      repository.branches.put(branch, repository.documents.branch(branch, repository.headSha()));
    }
    for (int i = 1; i <= 5; i++) {
      addRelease(repository, random, i);
    }
    for (int i = 1; i <= sizes.runs(); i++) {
      addRun(repository, random, i);
    }
  }

  private static void addLabel(Repository repository, String name, String color) {
    repository.labels.put(
        name, repository.documents.label(repository.nextId(), name, color, "About " + name));
  }

  private void addFiles(Repository repository, SplittableRandom random) {
    addFile(repository, "README.md", "# " + repository.fullName() + "\n\n" + paragraphs(random, 6));
    addFile(repository, "docs/guide.md", "# Guide\n\n" + paragraphs(random, 40));
    addFile(
        repository,
        "src/main/java/App.java",
        "final class App {\n  // " + sentence(random, 9) + "\n}\n");
    addFile(repository, ".github/workflows/ci.yml", "on: push\njobs: {}\n");
  }

  private static void addFile(Repository repository, String path, String content) {
    repository.files.put(path, content.getBytes(StandardCharsets.UTF_8));
  }

  private static void addIssue(Repository repository, SplittableRandom random, int number) {
    Documents documents = repository.documents;
    String title = sentence(random, 7);
    String body = paragraphs(random, 1 + random.nextInt(4));
    String author = person(random);
    String created = moment(number * 3);
    ObjectNode issue = documents.issue(number, title, body, author, created);
    boolean closed = random.nextInt(4) == 0;
    label(repository, issue, random);
    if (number % 5 == 0) {
      ObjectNode pull = documents.pull(number, title, body, author, created, "patch-" + number);
      pull.set("labels", issue.path("labels").deepCopy());
      if (closed) {
        close(pull, created);
        pull.put("merged_at", created);
      }
      repository.addPull(pull, issue);
    } else {
      repository.addIssue(issue);
    }
    if (closed) {
      close(issue, created);
      issue.put("state_reason", "completed");
    }
    if (number % 10 == 1) {
      for (int i = 0; i < 3; i++) {
        long id = repository.nextId();
        ObjectNode comment =
            documents.comment(id, number, sentence(random, 20), person(random), created);
        repository.comments.put(id, new Repository.Comment(number, comment));
      }
      issue.put("comments", 3);
    }
  }

  private static void label(Repository repository, ObjectNode issue, SplittableRandom random) {
    ArrayNode labels = (ArrayNode) issue.path("labels");
    List<ObjectNode> all = List.copyOf(repository.labels.values());
    labels.add(all.get(random.nextInt(all.size())).deepCopy());
  }

  private static void close(ObjectNode document, String when) {
    document.put("state", "closed").put("closed_at", when);
  }

  private static void addRelease(Repository repository, SplittableRandom random, int minor) {
    String tag = "v1." + minor + ".0";
    String created = moment(minor * 100);
    Documents documents = repository.documents;
    long id = repository.nextId();
    ObjectNode release = documents.release(id, tag, paragraphs(random, 3), person(random), created);
    repository.releases.put(id, release);
    repository.tags.put(tag, documents.tag(tag, repository.headSha()));
    byte[] content = paragraphs(random, 30).getBytes(StandardCharsets.UTF_8);
    long assetId = repository.nextId();
    ObjectNode asset =
        documents.asset(
            assetId, tag, "tool-" + tag + ".txt", "text/plain", content, "ada", created);
    repository.assets.put(assetId, new Repository.StoredFile(id, asset, content));
    ((ArrayNode) release.path("assets")).add(asset);
  }

  private static void addRun(Repository repository, SplittableRandom random, int number) {
    long id = repository.nextId();
    String created = moment(number * 2);
    Documents documents = repository.documents;
    String sha = repository.headSha();
    ObjectNode run = documents.run(id, number, sha, sentence(random, 5), person(random), created);
    if (random.nextInt(6) == 0) {
      run.put("conclusion", "failure");
    }
    repository.runs.put(id, run);
    if (number % 10 == 0) {
      long artifactId = repository.nextId();
      byte[] zip = Archives.zip("report.txt", paragraphs(random, 5));
      repository.artifacts.put(
          artifactId,
          new Repository.StoredFile(
              id, documents.artifact(artifactId, id, "report", zip, sha, created), zip));
    }
  }

  private static String moment(int hours) {
    return START.plus(Duration.ofHours(hours)).toString();
  }

  private static String person(SplittableRandom random) {
    return PEOPLE.get(random.nextInt(PEOPLE.size()));
  }

  private static String paragraphs(SplittableRandom random, int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(sentence(random, 30)).append(".\n\n");
    }
    return text.toString();
  }

  private static String sentence(SplittableRandom random, int words) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < words; i++) {
      text.append(i == 0 ? "" : " ").append(WORDS.get(random.nextInt(WORDS.size())));
    }
    return text.toString();
  }
}
