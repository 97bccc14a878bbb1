package io.github.cachemesh.e2e;

import io.github.cachemesh.core.stats.StatisticsReport;
import io.github.cachemesh.testkit.clients.Availability;
import io.github.cachemesh.testkit.clients.Curl;
import io.github.cachemesh.testkit.clients.Gh;
import io.github.cachemesh.testkit.clients.NodePackages;
import io.github.cachemesh.testkit.clients.RecordedResponses;
import io.github.cachemesh.testkit.docker.DockerDaemon;
import io.github.cachemesh.testkit.github.GitHubSimulator;
import io.github.cachemesh.testkit.github.LedgerEntry;
import io.github.cachemesh.testkit.github.Token;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Two jobs with different tokens ask a simulated GitHub the same questions, without the cache and
 * with it. Exits with 1 when the second job is charged for a REST read although nothing has
 * changed.
 */
final class Demo {
  private static final Duration GITHUB_LATENCY = Duration.ofMillis(40);
  private static final List<Token> JOB_TOKENS =
      List.of(
          token("job 1", "ghs_demoTokenOfTheFirstJob0001"),
          token("job 2", "ghs_demoTokenOfTheSecondJob002"));

  private final Path folder;
  private final PrintStream out;
  private final Map<String, Cost> costs = new LinkedHashMap<>();

  private Demo(Path folder, PrintStream out) {
    this.folder = folder;
    this.out = out;
  }

  private static Token token(String id, String value) {
    return Token.workflow(value, Workload.REPOSITORY)
        .reading(Workload.PRIVATE_REPOSITORY)
        .named(id);
  }

  /**
   * Runs it.
   *
   * @param args the path of act, to run the jobs with it and with Docker; without, they are
   *     emulated
   */
  public static void main(String... args) throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Path folder = Files.createTempDirectory("cachemesh-demo");
    boolean passed;
    try {
      passed = new Demo(folder, out).run(args.length == 0 ? null : Path.of(args[0]));
    } finally {
      delete(folder);
    }
    System.exit(passed ? 0 : 1);
  }

  private boolean run(@Nullable Path act) throws IOException, InterruptedException {
    required("gh", Gh.find());
    required("curl", Curl.find());
    NodePackages octokit = required("octokit", NodePackages.install("octokit@5.0.5"));
    Path recorded = required("GitHub's recorded answers", RecordedResponses.find());
    Cost secondJob;
    try (GitHubSimulator github = simulator(recorded)) {
      Workload workload =
          Workload.in(Files.createDirectory(folder.resolve("work")), octokit, readable(github));
      out.println(
          "Each answer of the simulated GitHub takes " + GITHUB_LATENCY.toMillis() + " ms.");
      try (JobForm form = form(act, github, workload)) {
        var _ = runJobs(false, form, github);
        github.reset();
        secondJob = runJobs(true, form, github);
      }
    }
    out.println();
    out.print(CostTable.of(costs));
    out.println();
    out.println(
        "REST points charged to the second job, which has another token than the first: "
            + secondJob.restPoints());
    return secondJob.restPoints() == 0;
  }

  private JobForm form(@Nullable Path act, GitHubSimulator github, Workload workload)
      throws IOException {
    Path jobs = Files.createDirectory(folder.resolve("jobs"));
    return act == null
        ? new EmulatedJobs(jobs, github, workload)
        : ActJobs.in(jobs, act, required("Docker", DockerDaemon.provide()), github, workload);
  }

  private static <T> T required(String what, Availability<T> client) {
    if (!client.isAvailable()) {
      throw new IllegalStateException("the demo needs " + what + ": " + client.reason());
    }
    return client.get();
  }

  private GitHubSimulator simulator(Path recorded) throws IOException {
    var builder =
        GitHubSimulator.builder()
            .socket(folder.resolve("github.sock"))
            .fixtures(recorded)
            .privateRepository(Workload.PRIVATE_REPOSITORY)
            .latency(GITHUB_LATENCY);
    JOB_TOKENS.forEach(builder::token);
    return builder.start();
  }

  /** Real answers that these tokens may read. */
  private static List<String> readable(GitHubSimulator github) {
    return github.recordedPaths().stream()
        .filter(path -> path.startsWith("/repos/octokit-fixture-org/hello-world"))
        // A folder's ETag is a git SHA that tells nothing of its body: it serves its own token
        // only.
        .filter(path -> !path.endsWith("/contents/"))
        .limit(4)
        .toList();
  }

  /** Returns what the last job cost. */
  private Cost runJobs(boolean cached, JobForm form, GitHubSimulator github)
      throws IOException, InterruptedException {
    Cost last = Cost.NOTHING;
    for (Token token : JOB_TOKENS) {
      Path latencies = folder.resolve("latencies-" + costs.size());
      DemoJob job = new DemoJob(token, cached, latencies);
      out.println("Running " + job.name() + " …");
      Optional<JobForm.Saved> saved = form.run(job);
      List<LedgerEntry> ledger =
          github.ledger().requests(entry -> entry.token().equals(token.id()));
      // The node counts what its clients sent; without it, every request reaches GitHub.
      long requests = saved.isPresent() ? clientRequests(saved.get().statsFile()) : ledger.size();
      last = Cost.of(requests, ledger, millis(latencies));
      costs.put(job.name(), last);
      saved.ifPresent(cache -> out.println(cache.report().indent(4)));
    }
    return last;
  }

  private static long clientRequests(Path statsFile) throws IOException {
    return StatisticsReport.parse(Files.readString(statsFile)).cachemesh().requests();
  }

  private static List<Double> millis(Path latencies) throws IOException {
    return Files.readAllLines(latencies).stream()
        .map(seconds -> Double.parseDouble(seconds) * 1_000)
        .toList();
  }

  private static void delete(Path root) throws IOException {
    try (Stream<Path> tree = Files.walk(root)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
