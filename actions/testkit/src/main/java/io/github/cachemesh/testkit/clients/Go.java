package io.github.cachemesh.testkit.clients;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The go command, to run clients written in Go from their modules. Immutable. */
public final class Go {
  private static final Duration TIMEOUT = Duration.ofMinutes(4);

  private final Path program;

  private Go(Path program) {
    this.program = program;
  }

  /** Finds go on PATH. */
  public static Availability<Go> find() {
    Optional<Path> found = ClientProcess.find("go");
    return found
        .<Availability<Go>>map(path -> new Availability.Available<>(new Go(path)))
        .orElseGet(() -> new Availability.Missing<>("There is no go on PATH"));
  }

  /**
   * Runs {@code go arguments...} in a module's folder, with the installed toolchain and this
   * process's environment (go's own settings and caches) beside the given variables.
   *
   * @throws IOException when it cannot be started or takes longer than four minutes
   */
  public ClientRun run(Path module, Map<String, String> environment, String... arguments)
      throws IOException {
    Map<String, String> all = new HashMap<>(System.getenv());
    all.put("GOTOOLCHAIN", "local");
    all.putAll(environment);
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    return new ClientProcess(module, all, TIMEOUT).run(command);
  }
}
