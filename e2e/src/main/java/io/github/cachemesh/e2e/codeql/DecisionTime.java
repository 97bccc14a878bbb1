package io.github.cachemesh.e2e.codeql;

import io.github.cachemesh.codeqlcache.Main;
import io.github.cachemesh.e2e.Trees;
import io.github.cachemesh.testkit.docker.Docker;
import io.github.cachemesh.testkit.docker.DockerDaemon;
import io.github.cachemesh.testkit.runner.ActionLauncher;
import io.github.cachemesh.testkit.runner.ContainerActionLauncher;
import io.github.cachemesh.testkit.runner.JvmActionLauncher;
import io.github.cachemesh.testkit.runner.StepResult;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * How long our step takes to prove that a scan of a large checkout can be skipped, its process or
 * container included, beside {@code git status} on the same checkout in the same run. Exits with 1
 * when its median is above the target.
 */
final class DecisionTime {
  private static final Duration TARGET = Duration.ofMillis(1500);
  private static final int SOURCES = 10_000;
  private static final int MEAN_BYTES = 4_000;
  private static final int FILES_PER_FOLDER = 50;
  private static final String IMAGE = "ghcr.io/cachemesh/setup-codeql-cache:v1";

  private final PrintStream out;
  private final int rounds;

  private DecisionTime(PrintStream out, int rounds) {
    this.out = out;
    this.rounds = rounds;
  }

  /**
   * Measures.
   *
   * @param args {@code container} or {@code jvm}, the number of files, the number of rounds
   */
  public static void main(String... args) throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    int files = Integer.parseInt(args[1]);
    Path folder = Files.createTempDirectory("cachemesh-codeql-time");
    boolean reached;
    try (Hub hub = new Hub()) {
      StandIn standIn =
          StandIn.install(Path.of("e2e/codeql/codeql-action"), folder.resolve("stand-in"));
      ScanJobs jobs = new ScanJobs(folder.resolve("runner"), standIn, hub, launcher(args[0]));
      WorkTree tree = SampleRepository.create(jobs.workspace(), folder.resolve("origins"));
      grow(tree, files);
      Scene scene = new Scene(tree, hub, jobs);
      reached = new DecisionTime(out, Integer.parseInt(args[2])).measure(scene, files);
    } finally {
      Trees.delete(folder);
    }
    System.exit(reached ? 0 : 1);
  }

  private static ActionLauncher launcher(String form) throws IOException {
    return switch (form) {
      case "jvm" -> JvmActionLauncher.ofThisJvm(Main.class.getName());
      case "container" -> onHostNetwork(DockerDaemon.provide().get());
      default -> throw new IllegalArgumentException("neither container nor jvm: " + form);
    };
  }

  /** The simulated GitHub is on this host's loopback address. */
  private static ActionLauncher onHostNetwork(Docker docker) {
    ActionLauncher container = ContainerActionLauncher.with(docker).withImage(IMAGE);
    return invocation ->
        container.prepare(
            new ActionLauncher.Invocation(
                invocation.metadata(),
                invocation.phase(),
                invocation.arguments(),
                invocation.env(),
                invocation.folders(),
                invocation.trackingId(),
                "host"));
  }

  /** Adds files of many sizes, a part of them sources. */
  private static void grow(WorkTree tree, int files) throws IOException {
    Random random = new Random(1);
    byte[] line = "const value = compute(1234567890);\n".getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < files; i++) {
      String name = "large/%d/%d.%s".formatted(i / FILES_PER_FOLDER, i, i < SOURCES ? "js" : "txt");
      StringBuilder text = new StringBuilder("// " + i + "\n");
      int lines = random.nextInt(2 * MEAN_BYTES / line.length);
      text.repeat(new String(line, StandardCharsets.UTF_8), lines);
      tree.write(name, text.toString());
    }
    tree.commit("Grow");
    tree.git("gc", "--quiet");
  }

  private boolean measure(Scene scene, int files) throws Exception {
    Outcome first = Outcome.of(scene.run());
    if (first.skipped()) {
      throw new IllegalStateException("there was nothing stored yet: " + first);
    }
    List<Duration> status = new ArrayList<>();
    List<Duration> decisions = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      long start = System.nanoTime();
      String dirty = scene.tree().git("status", "--porcelain");
      status.add(Duration.ofNanos(System.nanoTime() - start));
      StepResult decision = scene.decide();
      if (!dirty.isEmpty() || !Outcome.of(decision).skipped()) {
        throw new IllegalStateException("this should have been skipped: " + decision.log() + dirty);
      }
      decisions.add(decision.duration());
    }
    Duration median = median(decisions);
    out.printf("%,d files, %d rounds, milliseconds%n%n", files, rounds);
    row("git status", status);
    row("decision to skip", decisions);
    boolean reached = median.compareTo(TARGET) <= 0;
    out.printf(
        "%n%.1f × git status; at most %d ms: %s%n",
        (double) median.toNanos() / median(status).toNanos(),
        TARGET.toMillis(),
        reached ? "PASS" : "FALLS SHORT");
    return reached;
  }

  private void row(String what, List<Duration> times) {
    List<Duration> sorted = times.stream().sorted().toList();
    out.printf(
        "%-18s p50 %5d   fastest %5d   slowest %5d%n",
        what, median(times).toMillis(), sorted.getFirst().toMillis(), sorted.getLast().toMillis());
  }

  private static Duration median(List<Duration> times) {
    return times.stream().sorted().toList().get((times.size() - 1) / 2);
  }
}
