package io.github.cachemesh.testkit.runner;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs one process, or the program in its stead, to its end. A process that takes too long is
 * interrupted, as the runner does it: SIGINT, after 7.5 s SIGTERM, after further 2.5 s SIGKILL. A
 * process that it left behind may keep the output open; the runner waits five seconds for that, and
 * so does this.
 */
final class StepProcess {
  private static final Duration OUTPUT_GRACE = Duration.ofSeconds(5);
  private static final Duration INTERRUPT_GRACE = Duration.ofMillis(7500);
  private static final Duration TERMINATION_GRACE = Duration.ofMillis(2500);
  private static final int REMOVAL_SECONDS = 30;
  static final int KILLED = -1;

  private final Duration timeout;

  /**
   * @param timeout after which the process and its descendants are ended
   */
  StepProcess(Duration timeout) {
    this.timeout = timeout;
  }

  /**
   * The exit code, or {@link #KILLED}.
   *
   * @throws IOException when the process cannot be started
   */
  int run(ActionLauncher.Launch launch, StepLog log) throws IOException, InterruptedException {
    if (launch.program() != null) {
      return runHere(launch.program(), launch.env(), log);
    }
    ProcessBuilder builder =
        new ProcessBuilder(launch.command())
            .directory(launch.directory().toFile())
            .redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(launch.env());
    Process process = builder.start();
    try {
      process.getOutputStream().close();
      Thread reader = Thread.ofPlatform().daemon().start(() -> pump(process, log));
      boolean ended = process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
      if (!ended) {
        log.error("The step took longer than " + timeout);
        interrupt(process);
        kill(process, launch);
      }
      reader.join(OUTPUT_GRACE);
      return ended ? process.exitValue() : KILLED;
    } catch (InterruptedException e) {
      kill(process, launch);
      throw e;
    } finally {
      log.close();
    }
  }

  private static int runHere(ActionLauncher.Program program, Map<String, String> env, StepLog log) {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    int exitCode;
    try (PrintStream out = new PrintStream(written, true, StandardCharsets.UTF_8)) {
      exitCode = program.run(env, out);
    }
    written.toString(StandardCharsets.UTF_8).lines().forEach(log::accept);
    log.close();
    return exitCode;
  }

  private static void pump(Process process, StepLog log) {
    // Never closed: that would wait for a process left behind, which may outlive the job.
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    try {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        log.accept(line);
      }
    } catch (IOException | UncheckedIOException _) {
      // The process was killed; what it wrote until then is in the log.
    }
  }

  private static void interrupt(Process process) throws IOException, InterruptedException {
    new ProcessBuilder("sh", "-c", "kill -INT " + process.pid()).start().waitFor();
    if (!process.waitFor(INTERRUPT_GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
      process.destroy();
      process.waitFor(TERMINATION_GRACE.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private static void kill(Process process, ActionLauncher.Launch launch) throws IOException {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    if (!launch.afterKill().isEmpty()) {
      ProcessBuilder removal = new ProcessBuilder(launch.afterKill());
      removal.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
      Process started = removal.start();
      started.onExit().completeOnTimeout(started, REMOVAL_SECONDS, TimeUnit.SECONDS).join();
    }
  }
}
