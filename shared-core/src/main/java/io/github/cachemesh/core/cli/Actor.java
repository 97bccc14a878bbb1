package io.github.cachemesh.core.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Who runs a command, as the system and, in a job, its environment say. */
final class Actor {
  private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

  private Actor() {}

  /** {@code alice on host}, with who became that user, and the job. */
  static String of(Surroundings surroundings) {
    Map<String, String> environment = surroundings.environment();
    StringBuilder who = new StringBuilder(ProcessHandle.current().info().user().orElse("?"));
    String before = environment.getOrDefault("SUDO_USER", "");
    if (!before.isEmpty()) {
      who.append(" (was ").append(before).append(')');
    }
    who.append(" on ").append(host());
    String run = environment.getOrDefault("GITHUB_RUN_ID", "");
    if (!run.isEmpty()) {
      who.append(", run ").append(run).append(" of ");
      who.append(environment.getOrDefault("GITHUB_REPOSITORY", "?"));
    }
    return who.toString();
  }

  private static String host() {
    try {
      return Files.readString(HOST_NAME).strip();
    } catch (IOException _) {
      return "?";
    }
  }
}
