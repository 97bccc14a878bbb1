package io.github.cachemesh.codeqlcache;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cachemesh.actions.ActionMetadata;
import io.github.cachemesh.actions.ActionProcess;
import io.github.cachemesh.testkit.github.GitHubSimulator;
import io.github.cachemesh.testkit.github.Token;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.revwalk.RevCommit;
import org.jspecify.annotations.Nullable;

/**
 * A machine on which jobs of the example workflow run one after another, with GitHub beside it. The
 * action runs within this JVM, and what CodeQL's steps would leave behind is put there by {@link
 * CodeqlSteps}.
 */
final class Bench implements AutoCloseable {
  static final String REPOSITORY = "octo-org/repo-1";
  static final String TOKEN = "ghs_0123456789";
  static final String STORE_KEY = "a key of thirty-two characters, at least";
  static final String WORKFLOW = ".github/workflows/example-codeql.yml";

  private final Path root;
  private final Path workspace;
  private final Git git;
  private final GitHubSimulator github;
  private final Map<String, String> with = new HashMap<>();
  private final Map<String, String> env = new HashMap<>();
  private final Map<String, String> exported = new HashMap<>();
  private int runNumber = 0;

  Bench(Path root) throws IOException, GitAPIException {
    this(root, Token.workflow(TOKEN, REPOSITORY));
  }

  Bench(Path root, Token token) throws IOException, GitAPIException {
    this(root, root.resolve("workspace"), token);
  }

  /** One whose workspace is elsewhere. */
  static Bench at(Path root, Path workspace) throws IOException, GitAPIException {
    return new Bench(root, workspace, Token.workflow(TOKEN, REPOSITORY));
  }

  private Bench(Path root, Path workspace, Token token) throws IOException, GitAPIException {
    this.root = root;
    this.workspace = workspace;
    this.git =
        Git.init()
            .setDirectory(Files.createDirectories(workspace).toFile())
            .setInitialBranch("main")
            .call();
    this.github = GitHubSimulator.builder().token(token).start();
    String workflow = Files.readString(Path.of("..").resolve(WORKFLOW));
    write(WORKFLOW, workflow);
    write("src/app.js", "let a = 1;\neval(a);\n");
    write("README.md", "Text\n");
    inputs();
    environment();
    commit("First");
  }

  /** As the example workflow gives them. */
  private void inputs() {
    with.putAll(
        Map.of(
            "store-key", STORE_KEY,
            "github-token", TOKEN,
            "languages", "actions",
            "build-mode", "none",
            "queries", "security-extended",
            "category", "/language:actions",
            "codeql-version", "2.25.6",
            "matrix", "null"));
  }

  private void environment() throws IOException {
    Files.createDirectories(root.resolve("temp"));
    Files.writeString(
        root.resolve("event.json"), "{\"repository\":{\"id\":1,\"default_branch\":\"main\"}}");
    env.putAll(
        Map.of(
            "GITHUB_REPOSITORY", REPOSITORY,
            "GITHUB_REPOSITORY_ID", "1001",
            "GITHUB_EVENT_NAME", "push",
            "GITHUB_EVENT_PATH", root.resolve("event.json").toString(),
            "GITHUB_REF", "refs/heads/main",
            "GITHUB_JOB", "analyze",
            "GITHUB_ACTION", "codeql-cache",
            "GITHUB_SERVER_URL", "https://github.com",
            "GITHUB_API_URL", github.uri().toString(),
            "GITHUB_WORKFLOW_REF", REPOSITORY + "/" + WORKFLOW + "@refs/heads/main"));
    env.putAll(
        Map.of(
            "GITHUB_RUN_ID", "77",
            "GITHUB_RUN_ATTEMPT", "1",
            "GITHUB_WORKSPACE", workspace().toString(),
            "RUNNER_TEMP", temp().toString(),
            "RUNNER_OS", "Linux",
            "RUNNER_ARCH", "X64",
            "RUNNER_ENVIRONMENT", "self-hosted",
            "ImageVersion", "20261101.1"));
  }

  Path workspace() {
    return workspace;
  }

  Path temp() {
    return root.resolve("temp");
  }

  private Path commands() {
    return temp().resolve("_runner_file_commands");
  }

  GitHubSimulator github() {
    return github;
  }

  Bench with(String input, String value) {
    with.put(input, value);
    return this;
  }

  /**
   * @param value null for none
   */
  Bench env(String variable, @Nullable String value) {
    if (value == null) {
      env.remove(variable);
    } else {
      env.put(variable, value);
    }
    return this;
  }

  /** Has the next jobs run for a pull request of that repository's. */
  Bench pullRequest(int number, String baseSha, long headRepository) throws IOException {
    Files.writeString(
        root.resolve("event.json"),
        """
        {"repository": {"id": 1, "default_branch": "main"},
         "pull_request": {"number": %d,
           "base": {"sha": "%s", "repo": {"id": 1}},
           "head": {"ref": "change", "repo": {"id": %d}}}}
        """
            .formatted(number, baseSha, headRepository));
    return env("GITHUB_EVENT_NAME", "pull_request")
        .env("GITHUB_REF", "refs/pull/" + number + "/merge");
  }

  void write(String path, String text) throws IOException {
    Path file = workspace().resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /** Commits all that is there, and has the next jobs run for it. */
  String commit(String message) throws GitAPIException {
    var _ = git.add().addFilepattern(".").call();
    RevCommit commit =
        git.commit()
            .setAllowEmpty(true)
            .setMessage(message)
            .setAuthor("a", "a@example.com")
            .setCommitter("a", "a@example.com")
            .setSign(false)
            .call();
    String sha = commit.name();
    github.declare(
        "commit",
        "{\"repository\":\"%s\",\"sha\":\"%s\",\"tree\":\"%s\"}"
            .formatted(REPOSITORY, sha, commit.getTree().name()));
    with("commit-sha", sha);
    env("GITHUB_SHA", sha);
    env("GITHUB_WORKFLOW_SHA", sha);
    return sha;
  }

  /** Commits, and has the next jobs run for a push to main. */
  String push(String message) throws IOException, GitAPIException {
    environment();
    return commit(message);
  }

  /** A job begins: nothing is left of the one before but what is in the workspace. */
  Phase main() throws IOException {
    try (Stream<Path> left = Files.walk(temp())) {
      for (Path file : left.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
    Files.createDirectories(commands());
    exported.clear();
    runNumber++;
    env("GITHUB_RUN_NUMBER", Integer.toString(runNumber));
    run("completed", runNumber);
    return phase("main", Map.of());
  }

  /** Declares a run of the workflow on main. */
  void run(String status, int number) {
    github.declare(
        "run",
        """
        {"repository":"%s","workflow":"example-codeql.yml","branch":"main","event":"push",
         "status":"%s","run_number":%d}
        """
            .formatted(REPOSITORY, status, number));
  }

  /** Exports a variable to the steps after it, as a step does. */
  String variable(String name) {
    return String.valueOf(env.get(name));
  }

  void export(String variable, String value) {
    exported.put(variable, value);
  }

  Phase post(Phase main) throws IOException {
    Map<String, String> state = new HashMap<>();
    main.state().forEach((name, value) -> state.put("STATE_" + name, value));
    return phase("post", state);
  }

  /** What steps after main find. */
  Map<String, String> exported() {
    return exported;
  }

  private Phase phase(String phase, Map<String, String> state) throws IOException {
    Map<String, String> all = new HashMap<>(env);
    all.putAll(exported);
    all.putAll(state);
    with.forEach((name, value) -> all.put("INPUT_" + name.toUpperCase(Locale.ROOT), value));
    for (String file :
        List.of("GITHUB_OUTPUT", "GITHUB_ENV", "GITHUB_STATE", "GITHUB_STEP_SUMMARY")) {
      all.put(file, Files.writeString(commands().resolve(file), "").toString());
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int exitCode;
    try (InputStream actionYml = Main.class.getResourceAsStream("action.yml")) {
      exitCode =
          new ActionProcess(
                  Main.action(),
                  ActionMetadata.read(actionYml),
                  all,
                  new PrintStream(out, true, UTF_8),
                  new SecureRandom())
              .run(phase);
    }
    exported.putAll(values("GITHUB_ENV"));
    return new Phase(
        exitCode,
        values("GITHUB_OUTPUT"),
        values("GITHUB_STATE"),
        Files.readString(commands().resolve("GITHUB_STEP_SUMMARY")),
        out.toString(UTF_8));
  }

  private Map<String, String> values(String file) throws IOException {
    Map<String, String> values = new LinkedHashMap<>();
    List<String> lines = Files.readAllLines(commands().resolve(file));
    for (int i = 0; i < lines.size(); i++) {
      String[] start = lines.get(i).split("<<", 2);
      int end = i + 1 + lines.subList(i + 1, lines.size()).indexOf(start[1]);
      values.put(start[0], String.join("\n", lines.subList(i + 1, end)));
      i = end;
    }
    return values;
  }

  /** What a phase came to. */
  record Phase(
      int exitCode,
      Map<String, String> outputs,
      Map<String, String> state,
      String summary,
      String log) {
    String reason() {
      return String.valueOf(outputs.get("reason"));
    }

    boolean skips() {
      return "true".equals(outputs.get("should-skip-scan"));
    }
  }

  @Override
  public void close() {
    git.close();
    github.close();
  }
}
