package io.github.cachemesh.testkit.runner;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Kills what a job left behind: every process whose environment at its start held the job's {@code
 * RUNNER_TRACKING_ID}. Whoever wants to outlive the job starts without that variable. Linux only;
 * elsewhere it finds nothing.
 */
final class OrphanProcesses {
  static final String VARIABLE = "RUNNER_TRACKING_ID";

  private static final long DEATH_SECONDS = 5;

  private final String entry;

  OrphanProcesses(String trackingId) {
    this.entry = VARIABLE + "=" + trackingId;
  }

  /** Kills them and waits until they are gone; the ids of those killed. */
  List<Long> kill() throws IOException, InterruptedException {
    List<Long> killed = new ArrayList<>();
    for (ProcessHandle process : find()) {
      process.destroyForcibly();
      awaitDeath(process);
      killed.add(process.pid());
    }
    return killed;
  }

  private List<ProcessHandle> find() throws IOException {
    List<ProcessHandle> found = new ArrayList<>();
    Path proc = Path.of("/proc");
    if (!Files.isDirectory(proc)) {
      return found;
    }
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
      for (Path process : processes) {
        if (isTracked(process)) {
          Optional<ProcessHandle> handle =
              ProcessHandle.of(Long.parseLong(process.getFileName().toString()));
          handle.ifPresent(found::add);
        }
      }
    }
    return found;
  }

  private boolean isTracked(Path process) {
    try {
      String environment =
          Files.readString(process.resolve("environ"), StandardCharsets.ISO_8859_1);
      return Arrays.asList(environment.split("\0")).contains(entry);
    } catch (IOException _) {
      // It ended meanwhile, or belongs to someone else.
      return false;
    }
  }

  private static void awaitDeath(ProcessHandle process) throws InterruptedException {
    try {
      process.onExit().get(DEATH_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("process " + process.pid() + " survives SIGKILL", e);
    }
  }
}
