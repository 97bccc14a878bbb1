package io.github.cachemesh.testkit.clients;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Installs packages of the distribution, where there is apt and this process is root. */
final class DebianPackage {
  private static final Duration TIMEOUT = Duration.ofMinutes(5);

  private DebianPackage() {}

  /** The program of this name on PATH, installed from the package of the same name if need be. */
  static Availability<Path> provide(String program) {
    Optional<Path> found = ClientProcess.find(program);
    if (found.isEmpty()) {
      Optional<String> failure = install(program);
      if (failure.isPresent()) {
        return new Availability.Missing<>("There is no " + program + ": " + failure.get());
      }
      found = ClientProcess.find(program);
    }
    return found
        .<Availability<Path>>map(Availability.Available::new)
        .orElseGet(() -> new Availability.Missing<>("There is no " + program + " on PATH"));
  }

  /** Installs a package; empty for success, else why it could not be. */
  private static synchronized Optional<String> install(String name) {
    Optional<Path> apt = ClientProcess.find("apt-get");
    if (apt.isEmpty()) {
      return Optional.of("it is not on PATH, and there is no apt-get to install it with");
    }
    if (!"root".equals(System.getProperty("user.name"))) {
      return Optional.of("it is not on PATH, and only root may install it");
    }
    ClientProcess process =
        new ClientProcess(Path.of("/"), Map.of("DEBIAN_FRONTEND", "noninteractive"), TIMEOUT);
    List<String> install = List.of(apt.get().toString(), "install", "-y", "-q", name);
    try {
      if (process.run(install).succeeded()) {
        return Optional.empty();
      }
      // A fresh machine has no package lists yet.
      process.run(List.of(apt.get().toString(), "update", "-q"));
      ClientRun second = process.run(install);
      return second.succeeded()
          ? Optional.empty()
          : Optional.of("apt-get install " + name + " failed: " + second.stderr().strip());
    } catch (IOException e) {
      return Optional.of("apt-get install " + name + " failed: " + e.getMessage());
    }
  }
}
