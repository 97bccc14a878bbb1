package io.github.cachemesh.testkit.runner;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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

  /** A program being replaced by exec shows no environment: it is looked at 20 times in 100 ms. */
  private static final int LOOKS = 20;

  private static final Duration PAUSE = Duration.ofMillis(5);

  private enum Trace {
    OURS,
    FOREIGN,
    BEING_REPLACED
  }

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

  private List<ProcessHandle> find() throws IOException, InterruptedException {
    List<Path> unknown = running();
    List<ProcessHandle> found = new ArrayList<>();
    for (int look = 0; look < LOOKS && !unknown.isEmpty(); look++) {
      if (look > 0) {
        Thread.sleep(PAUSE);
      }
      List<Path> replaced = new ArrayList<>();
      for (Path process : unknown) {
        switch (traceOf(process)) {
          case OURS ->
              ProcessHandle.of(Long.parseLong(process.getFileName().toString()))
                  .ifPresent(found::add);
          case BEING_REPLACED -> replaced.add(process);
          case FOREIGN -> {}
        }
      }
      unknown = replaced;
    }
    return found;
  }

  private static List<Path> running() throws IOException {
    List<Path> running = new ArrayList<>();
    Path proc = Path.of("/proc");
    if (Files.isDirectory(proc)) {
      try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
        processes.forEach(running::add);
      }
    }
    return running;
  }

  private Trace traceOf(Path process) {
    try {
      String environment =
          Files.readString(process.resolve("environ"), StandardCharsets.ISO_8859_1);
      if (environment.isEmpty()) {
        // Kernel threads and zombies have none either, but no program.
        Files.readSymbolicLink(process.resolve("exe"));
        return Trace.BEING_REPLACED;
      }
      return Arrays.asList(environment.split("\0")).contains(entry) ? Trace.OURS : Trace.FOREIGN;
    } catch (IOException _) {
      // It ended meanwhile, or belongs to someone else.
      return Trace.FOREIGN;
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
