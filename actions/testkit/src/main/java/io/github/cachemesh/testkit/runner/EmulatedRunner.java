package io.github.cachemesh.testkit.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A runner installation below one folder that runs one job after another as GitHub's runner does,
 * and fails on jobs that leak masked values. {@code RUNNER_TEMP} is emptied before and after each
 * job, tool cache and workspace are kept. For one thread at a time.
 */
public final class EmulatedRunner {
  private final RunnerFolders folders;
  private Flavour flavour = Flavour.GITHUB_HOSTED;
  private boolean debug;
  private Duration stepTimeout = Duration.ofMinutes(5);
  private Consumer<String> echo = _ -> {};
  private final Map<String, String> hostEnv = new LinkedHashMap<>();

  private EmulatedRunner(Path root) {
    this.folders = RunnerFolders.under(root);
    hostEnv.put("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
    hostEnv.put("LANG", "C.UTF-8");
  }

  /** A GitHub-hosted runner in that folder, which is made when the first job runs. */
  public static EmulatedRunner in(Path root) {
    return new EmulatedRunner(root);
  }

  public EmulatedRunner flavour(Flavour newFlavour) {
    this.flavour = newFlavour;
    return this;
  }

  /** Sets a variable of the host, which {@code run:} steps see and container actions do not. */
  public EmulatedRunner hostEnv(String variable, String value) {
    hostEnv.put(variable, value);
    return this;
  }

  /** Runs jobs with debug logging. */
  public EmulatedRunner debug(boolean on) {
    this.debug = on;
    return this;
  }

  /** The time after which a step is killed and fails; 5 minutes unless set. */
  public EmulatedRunner stepTimeout(Duration timeout) {
    this.stepTimeout = timeout;
    return this;
  }

  /** Has each log line shown as it comes, masked. */
  public EmulatedRunner echo(Consumer<String> listener) {
    this.echo = listener;
    return this;
  }

  public RunnerFolders folders() {
    return folders;
  }

  Flavour flavour() {
    return flavour;
  }

  boolean debug() {
    return debug;
  }

  Duration stepTimeout() {
    return stepTimeout;
  }

  Consumer<String> echo() {
    return echo;
  }

  Map<String, String> hostEnv() {
    return hostEnv;
  }

  /**
   * Runs a job to its end, posts and clean-up included. That a step failed is in the result.
   *
   * @throws SecretLeakException when a masked value is where it must not be
   * @throws IllegalArgumentException for an expression or condition the emulator does not know
   * @throws IOException when the runner's own files or a process fail
   */
  public JobResult run(Job job) throws IOException, InterruptedException {
    prepare();
    JobRun run = new JobRun(this, job);
    try {
      List<Long> killed;
      try {
        run.steps();
      } finally {
        killed = run.killOrphans();
      }
      JobResult result = run.result(killed);
      List<String> leaks = run.leaks();
      if (!leaks.isEmpty()) {
        throw new SecretLeakException(leaks, result);
      }
      return result;
    } finally {
      empty(folders.temp());
    }
  }

  private void prepare() throws IOException {
    for (Path folder : List.of(folders.toolCache(), folders.workspace(), folders.home())) {
      Files.createDirectories(folder);
    }
    Files.createDirectories(folders.temp());
    empty(folders.temp());
    for (Path folder : List.of(folders.actionHome(), folders.workflow(), folders.fileCommands())) {
      Files.createDirectories(folder);
    }
    Files.writeString(folders.workflow().resolve("event.json"), "{}");
  }

  private static void empty(Path folder) throws IOException {
    List<Path> content;
    try (Stream<Path> tree = Files.walk(folder)) {
      content =
          tree.filter(path -> !path.equals(folder)).sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : content) {
      Files.deleteIfExists(path);
    }
  }
}
