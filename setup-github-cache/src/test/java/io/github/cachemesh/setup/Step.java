package io.github.cachemesh.setup;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cachemesh.actions.ActionMetadata;
import io.github.cachemesh.actions.ActionProcess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A step with this action, run within this JVM: for what is decided before a node starts. */
final class Step {
  private final Map<String, String> env = new HashMap<>();
  private final Path root;

  Step(Path root) throws IOException {
    this.root = root;
    for (String folder : List.of("temp", "workspace", "home")) {
      Files.createDirectories(root.resolve(folder));
    }
    for (String file : List.of("GITHUB_OUTPUT", "GITHUB_ENV", "GITHUB_STATE")) {
      env.put(file, Files.createFile(root.resolve(file)).toString());
    }
    env.put("RUNNER_TEMP", root.resolve("temp").toString());
    env.put("RUNNER_NAME", "runner-1");
    env.put("GITHUB_WORKSPACE", workspace().toString());
    env.put("GITHUB_API_URL", "https://ghe.example.com/api/v3");
  }

  Path workspace() {
    return root.resolve("workspace");
  }

  Path temp() {
    return root.resolve("temp");
  }

  Step env(String name, String value) {
    env.put(name, value);
    return this;
  }

  Step with(String input, String value) {
    env.put("INPUT_" + input.toUpperCase(Locale.ROOT), value);
    return this;
  }

  Step config(String yaml) throws IOException {
    Files.createDirectories(workspace().resolve(".github"));
    Files.writeString(workspace().resolve(".github/cache-config.yml"), yaml);
    return this;
  }

  /**
   * What a phase came to.
   *
   * @param exported whether it wrote to GITHUB_ENV
   */
  record Result(int exitCode, Map<String, String> outputs, boolean exported, List<String> log) {
    List<String> warnings() {
      return log.stream().filter(line -> line.startsWith("::warning")).toList();
    }
  }

  Result main(NodeLauncher launcher) throws IOException {
    return run(launcher, "main");
  }

  Result run(NodeLauncher launcher, String phase) throws IOException {
    return run(
        context -> new ProcessHost(context, launcher, root.resolve("home"), new SecureRandom()),
        phase);
  }

  Result run(NodeHost.Opening opening, String phase) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int exitCode;
    try (InputStream actionYml = Main.class.getResourceAsStream("action.yml")) {
      exitCode =
          new ActionProcess(
                  new SetupGithubCache(opening, root.resolve("home")),
                  ActionMetadata.read(actionYml),
                  env,
                  new PrintStream(out, true, UTF_8),
                  new SecureRandom())
              .run(phase);
    }
    return new Result(
        exitCode,
        outputs(),
        Files.size(root.resolve("GITHUB_ENV")) > 0,
        out.toString(UTF_8).lines().toList());
  }

  private Map<String, String> outputs() throws IOException {
    Map<String, String> outputs = new LinkedHashMap<>();
    List<String> lines = Files.readAllLines(root.resolve("GITHUB_OUTPUT"));
    for (int i = 0; i + 1 < lines.size(); i++) {
      if (lines.get(i).contains("<<")) {
        outputs.put(lines.get(i).replaceFirst("<<.*", ""), lines.get(i + 1));
      }
    }
    return outputs;
  }
}
