package io.github.cachemesh.testkit.clients;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** GitHub's command line. Immutable; each run has its own environment. */
public final class Gh {
  private static final Duration TIMEOUT = Duration.ofMinutes(1);

  private final Path program;

  private Gh(Path program) {
    this.program = program;
  }

  /** Finds gh on PATH, or installs the distribution's package where this process is root. */
  public static Availability<Gh> find() {
    return DebianPackage.provide("gh").map(Gh::new);
  }

  /** Writes the setting that sends all of gh's traffic through a Unix socket. */
  public static void writeSocketSetting(Path configFolder, Path socket) throws IOException {
    Files.createDirectories(configFolder);
    Files.writeString(configFolder.resolve("config.yml"), "http_unix_socket: " + socket + "\n");
  }

  /**
   * Runs {@code gh arguments...} without a terminal, prompts or update checks.
   *
   * @param configFolder its GH_CONFIG_DIR
   * @param token its GH_TOKEN
   * @throws IOException when it cannot be started or takes longer than a minute
   */
  public ClientRun run(Path configFolder, String token, String... arguments) throws IOException {
    return run(Map.of("GH_CONFIG_DIR", configFolder.toString(), "GH_TOKEN", token), arguments);
  }

  /**
   * Runs {@code gh arguments...} with these environment variables beside PATH and HOME.
   *
   * @throws IOException when it cannot be started or takes longer than a minute
   */
  public ClientRun run(Map<String, String> environment, String... arguments) throws IOException {
    Map<String, String> all = new HashMap<>();
    all.put("GH_NO_UPDATE_NOTIFIER", "1");
    all.put("GH_PROMPT_DISABLED", "1");
    all.put("NO_COLOR", "1");
    all.putAll(environment);
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    return new ClientProcess(Path.of("").toAbsolutePath(), all, TIMEOUT).run(command);
  }
}
