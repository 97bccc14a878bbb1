package io.github.cachemesh.images.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** A job that uses an action in the ways that most jobs go: it starts a node, or joins one. */
final class TrainingJob {
  private static final List<String> FILES =
      List.of("GITHUB_OUTPUT", "GITHUB_ENV", "GITHUB_STATE", "GITHUB_STEP_SUMMARY");

  private final Path folder;
  private final Trainee trainee;
  private final TinyUpstream upstream;
  private final Map<String, String> repository = new HashMap<>();

  TrainingJob(Path folder, Trainee trainee, TinyUpstream upstream) {
    this.folder = folder;
    this.trainee = trainee;
    this.upstream = upstream;
  }

  /** {@code GITHUB_OUTPUT} of a job in that folder. */
  static Path output(Path folder) {
    return folder.resolve("GITHUB_OUTPUT");
  }

  /** {@code GITHUB_STEP_SUMMARY} of a job in that folder. */
  static Path summary(Path folder) {
    return folder.resolve("GITHUB_STEP_SUMMARY");
  }

  void run() throws IOException {
    begin();
    // Not in the workspace, where it would be a file that nobody committed.
    repository.putAll(TrainingStore.create(folder));
    Map<String, String> start = step("INPUT_UPSTREAM", upstream.url().toString());
    trainee.run("main", start);
    trainee.run("main", step("INPUT_UPSTREAM", upstream.url().toString()));
    start.putAll(state());
    trainee.run("post", start);
    trainee.run("main", step("INPUT_CACHE-SIZE", "none"));
  }

  /** Checks the repository out. */
  void begin() throws IOException {
    Path github = Files.createDirectories(folder.resolve("workspace/.github"));
    Files.writeString(github.resolve("cache-config.yml"), "cache:\n  max_size: 1000\n");
    repository.putAll(TrainingRepository.create(folder.resolve("workspace"), upstream.url()));
  }

  /** The environment of a step with that input or variable. */
  Map<String, String> step(String name, String value) throws IOException {
    Map<String, String> env = new HashMap<>();
    for (String file : FILES) {
      Path path = folder.resolve(file);
      if (!Files.exists(path)) {
        Files.createFile(path);
      }
      env.put(file, path.toString());
    }
    env.put("RUNNER_TEMP", Files.createDirectories(folder.resolve("temp")).toString());
    env.put("RUNNER_NAME", "training");
    // So that the node that it starts ends with the job.
    env.put("RUNNER_ENVIRONMENT", "github-hosted");
    env.put("GITHUB_ACTIONS", "true");
    env.put("GITHUB_SERVER_URL", "https://github.com");
    env.put("GITHUB_API_URL", "https://api.github.com");
    env.put("GITHUB_REPOSITORY", "octocat/training");
    env.put("GITHUB_WORKSPACE", folder.resolve("workspace").toString());
    env.put("INPUT_GITHUB-TOKEN", "ghs_training");
    env.put("INPUT_CREDENTIALS", "[{\"name\": \"GIVEN_KEY\", \"value\": \"training\"}]");
    env.put("INPUT_CACHE-DIR", folder.resolve("cache").toString());
    env.putAll(repository);
    env.put(name, value);
    return env;
  }

  /** What main saved, as the runner hands it to post. */
  Map<String, String> state() throws IOException {
    Map<String, String> state = new HashMap<>();
    Iterator<String> lines = Files.readAllLines(folder.resolve("GITHUB_STATE")).iterator();
    while (lines.hasNext()) {
      String[] head = lines.next().split("<<", 2);
      StringJoiner value = new StringJoiner("\n");
      for (String line = lines.next(); !line.equals(head[1]); line = lines.next()) {
        value.add(line);
      }
      state.put("STATE_" + head[0], value.toString());
    }
    return state;
  }
}
