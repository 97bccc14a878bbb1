package io.github.cachemesh.testkit.docker;

import io.github.cachemesh.testkit.clients.ClientProcess;
import io.github.cachemesh.testkit.clients.ClientRun;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A script of the folder {@code e2e}, which must be done within five minutes. */
record E2eScript(String name) {
  private static final Duration TIMEOUT = Duration.ofMinutes(5);

  /**
   * Runs it.
   *
   * @throws IOException when it cannot be started or takes too long
   */
  ClientRun run(String... arguments) throws IOException {
    Path project = Path.of(System.getProperty("project.root", "")).toAbsolutePath();
    List<String> command = new ArrayList<>();
    command.add(project.resolve("e2e").resolve(name).toString());
    command.addAll(List.of(arguments));
    return new ClientProcess(project, Docker.clientEnvironment(), TIMEOUT).run(command);
  }
}
