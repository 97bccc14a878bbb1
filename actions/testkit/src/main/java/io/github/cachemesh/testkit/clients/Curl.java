package io.github.cachemesh.testkit.clients;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** curl, run without the user's configuration and proxies. Immutable. */
public final class Curl {
  private static final Duration TIMEOUT = Duration.ofMinutes(1);

  private final Path program;

  private Curl(Path program) {
    this.program = program;
  }

  /** Finds curl on PATH, or installs the distribution's package where this process is root. */
  public static Availability<Curl> find() {
    return DebianPackage.provide("curl").map(Curl::new);
  }

  /**
   * Runs {@code curl -q -sS arguments...} in a folder.
   *
   * @throws IOException when it cannot be started or takes longer than a minute
   */
  public ClientRun run(Path folder, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(program.toString(), "-q", "-sS"));
    command.addAll(List.of(arguments));
    return new ClientProcess(folder, Map.of(), TIMEOUT).run(command);
  }
}
