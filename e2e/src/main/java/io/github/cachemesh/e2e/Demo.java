package io.github.cachemesh.e2e;

import io.github.cachemesh.core.stats.StatisticsReport;
import io.github.cachemesh.testkit.clients.Availability;
import io.github.cachemesh.testkit.clients.Curl;
import io.github.cachemesh.testkit.clients.Gh;
import io.github.cachemesh.testkit.clients.NodePackages;
import io.github.cachemesh.testkit.clients.RecordedResponses;
import io.github.cachemesh.testkit.github.GitHubSimulator;
import io.github.cachemesh.testkit.github.LedgerEntry;
import io.github.cachemesh.testkit.github.Token;
import io.github.cachemesh.testkit.runner.EmulatedAction;
import io.github.cachemesh.testkit.runner.EmulatedRunner;
import io.github.cachemesh.testkit.runner.Job;
import io.github.cachemesh.testkit.runner.JobResult;
import io.github.cachemesh.testkit.runner.JvmActionLauncher;
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
import java.util.stream.Stream;

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

  public static void main(String[] args) throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Path folder = Files.createTempDirectory("cachemesh-demo");
    try {
      System.exit(new Demo(folder, out).run() ? 0 : 1);
    } finally {
      delete(folder);
    }
  }

  private boolean run() throws IOException, InterruptedException {
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
      runJobs("without cache", github, workload, false);
      github.reset();
      secondJob = runJobs("with cache", github, workload, true);
    }
    out.println();
    out.print(CostTable.of(costs));
    out.println();
    out.println(
        "REST points charged to the second job, which has another token than the first: "
            + secondJob.restPoints());
    return secondJob.restPoints() == 0;
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
  private Cost runJobs(String how, GitHubSimulator github, Workload workload, boolean cached)
      throws IOException, InterruptedException {
    Cost last = Cost.NOTHING;
    EmulatedRunner runner = EmulatedRunner.in(folder.resolve(cached ? "cached" : "direct"));
    for (Token token : JOB_TOKENS) {
      String name = token.id() + " " + how;
      out.println("Running " + name + " …");
      Path latencies = folder.resolve(name.replace(' ', '-'));
      Job job = Job.named(token.id().replace(' ', '-')).githubToken(token.value());
      JobResult result =
          runner.run(
              cached
                  ? cached(job, token, github, workload, latencies)
                  : direct(job, token, github, workload, latencies));
      if (!result.succeeded()) {
        throw new IllegalStateException(name + " failed:\n" + result.log());
      }
      List<LedgerEntry> ledger =
          github.ledger().requests(entry -> entry.token().equals(token.id()));
      last = Cost.of(requests(cached, result, ledger), ledger, millis(latencies));
      costs.put(name, last);
      if (cached) {
        out.println(result.post("cache").log().strip().indent(4));
      }
    }
    return last;
  }

  private Job direct(
      Job job, Token token, GitHubSimulator github, Workload workload, Path latencies)
      throws IOException {
    Path config = folder.resolve("gh-direct");
    Gh.writeSocketSetting(config, github.socket().orElseThrow());
    job.env("GH_CONFIG_DIR", config.toString());
    return workload.addTo(job, token.value(), github.uri().toString(), latencies);
  }

  private Job cached(
      Job job, Token token, GitHubSimulator github, Workload workload, Path latencies)
      throws IOException {
    EmulatedAction action =
        EmulatedAction.of(
            Path.of("setup-github-cache/action.yml"),
            JvmActionLauncher.ofThisJvm("io.github.cachemesh.setup.Main"));
    job.uses(
        "cache",
        action,
        Map.of(
            "upstream", github.uri().toString(),
            "cache-dir", folder.resolve("cache").toString(),
            "github-token", "${{ github.token }}"));
    return workload.addTo(job, token.value(), "${{ steps.cache.outputs.api-url }}", latencies);
  }

  /** The node counts what its clients sent; without it, every request reaches GitHub. */
  private static long requests(boolean cached, JobResult result, List<LedgerEntry> ledger)
      throws IOException {
    return cached
        ? clientRequests(Path.of(result.step("cache").outputs().getOrDefault("stats-file", "")))
        : ledger.size();
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
