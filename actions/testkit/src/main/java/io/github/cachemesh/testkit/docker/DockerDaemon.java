package io.github.cachemesh.testkit.docker;

import io.github.cachemesh.testkit.clients.Availability;
import io.github.cachemesh.testkit.clients.ClientProcess;
import io.github.cachemesh.testkit.clients.ClientRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The Docker daemon of this machine. Where none answers, {@code e2e/docker-up} installs and starts
 * one if it may; it is left running.
 */
public final class DockerDaemon {
  private DockerDaemon() {}

  /** A client of the daemon, or why there is none. Takes at most five minutes. */
  public static Availability<Docker> provide() {
    try {
      ClientRun up = new E2eScript("docker-up").run();
      if (!up.succeeded()) {
        return new Availability.Missing<>("There is no Docker: " + up.stderr().strip());
      }
      Optional<Path> program = ClientProcess.find("docker");
      return program.isPresent()
          ? new Availability.Available<>(new Docker(program.get()))
          : new Availability.Missing<>("There is no docker on PATH");
    } catch (IOException e) {
      return new Availability.Missing<>("There is no Docker: " + e.getMessage());
    }
  }
}
