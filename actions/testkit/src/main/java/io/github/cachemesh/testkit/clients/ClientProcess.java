package io.github.cachemesh.testkit.clients;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * One process with exactly the given environment beside PATH and HOME. Output goes through files,
 * so a chatty process cannot block; a process that outlives its time is killed.
 *
 * @param folder where it runs
 * @param timeout how long it may take
 */
public record ClientProcess(Path folder, Map<String, String> environment, Duration timeout) {

  /** Where a program of this name is on PATH. */
  public static Optional<Path> find(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator))
        .filter(entry -> !entry.isEmpty())
        .map(entry -> Path.of(entry, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Runs it to its end.
   *
   * @throws IOException when it cannot be started or takes too long
   */
  public ClientRun run(List<String> command) throws IOException {
    Path stdout = Files.createTempFile("client", ".out");
    Path stderr = Files.createTempFile("client", ".err");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
              .redirectOutput(stdout.toFile())
              .redirectError(stderr.toFile());
      Map<String, String> inherited = Map.copyOf(builder.environment());
      builder.environment().clear();
      Stream.of("PATH", "HOME")
          .filter(inherited::containsKey)
          .forEach(name -> builder.environment().put(name, inherited.get(name)));
      builder.environment().putAll(environment);
      Process process = builder.start();
      if (!await(process)) {
        process.destroyForcibly();
        throw new IOException(
            command.getFirst() + " took longer than " + timeout + ": " + read(stderr));
      }
      return new ClientRun(process.exitValue(), read(stdout), read(stderr));
    } finally {
      Files.deleteIfExists(stdout);
      Files.deleteIfExists(stderr);
    }
  }

  private boolean await(Process process) throws IOException {
    try {
      return process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while a client ran", e);
    }
  }

  private static String read(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }
}
