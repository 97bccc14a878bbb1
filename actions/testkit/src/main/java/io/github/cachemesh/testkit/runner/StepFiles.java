package io.github.cachemesh.testkit.runner;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The files, new at each step, through which it hands values to the runner. */
record StepFiles(Path env, Path path, Path output, Path state, Path summary) {

  static StepFiles create(Path folder, RunnerUser user) throws IOException {
    String suffix = UUID.randomUUID().toString();
    StepFiles files =
        new StepFiles(
            folder.resolve("set_env_" + suffix),
            folder.resolve("add_path_" + suffix),
            folder.resolve("set_output_" + suffix),
            folder.resolve("save_state_" + suffix),
            folder.resolve("step_summary_" + suffix));
    for (Path file : files.all()) {
      user.own(Files.createFile(file));
    }
    return files;
  }

  Map<String, String> variables() {
    return Map.of(
        "GITHUB_ENV", env.toString(),
        "GITHUB_PATH", path.toString(),
        "GITHUB_OUTPUT", output.toString(),
        "GITHUB_STATE", state.toString(),
        "GITHUB_STEP_SUMMARY", summary.toString());
  }

  /** The text of one of them; a step that deleted it wrote nothing. */
  static String read(Path file) throws IOException {
    // Bytes that are no UTF-8 become replacement characters, as on the runner.
    return Files.exists(file) ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8) : "";
  }

  void delete() throws IOException {
    for (Path file : all()) {
      Files.deleteIfExists(file);
    }
  }

  private List<Path> all() {
    return List.of(env, path, output, state, summary);
  }
}
