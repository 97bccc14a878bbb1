package io.github.cachemesh.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.testkit.clients.ClientProcess;
import io.github.cachemesh.testkit.docker.DockerState;
import io.github.cachemesh.testkit.github.LedgerEntry;
import io.github.cachemesh.testkit.github.Token;
import io.github.cachemesh.testkit.runner.EmulatedAction;
import io.github.cachemesh.testkit.runner.Job;
import io.github.cachemesh.testkit.runner.JobResult;
import io.github.cachemesh.testkit.runner.NodeActionLauncher;
import io.github.cachemesh.testkit.runner.StepResult;
import io.github.cachemesh.testkit.runner.StepResult.Level;
import io.github.cachemesh.testkit.runner.Workflow;
import io.github.cachemesh.testkit.runner.WorkflowResult;
import io.github.cachemesh.testkit.runner.WorkflowRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * The example workflow, as it is, twice in a row on one self-hosted runner with images, each time
 * with another token, and what came of it. {@code e2e/act/run} has the same by act.
 */
@Tag("containers")
@TestInstance(Lifecycle.PER_CLASS)
class ExampleWorkflowTest {
  private static final Path EXAMPLE = Path.of("../.github/workflows/example-cached-workflow.yml");
  private static final Duration INSTALL_TIMEOUT = Duration.ofMinutes(3);

  private static final List<String> JOBS_WITH_CACHE =
      List.of("setup-cache", "test-with-cache", "autoscaler-integration");

  private ContainerRunner bench;
  private WorkflowResult first;
  private WorkflowResult second;
  private List<LedgerEntry> askedBySecond;
  private List<String> nodesOfFirst;
  private List<String> nodesOfSecond;

  @BeforeAll
  void runTwice() throws Exception {
    bench = new ContainerRunner();
    for (String action :
        List.of("setup-github-cache", "setup-codeql-cache", "inject-credentials")) {
      Path folder = bench.runner().folders().workspace().resolve(action);
      Files.createDirectories(folder);
      Files.copy(Path.of("..", action, "action.yml"), folder.resolve("action.yml"));
    }
    WorkflowRunner workflows =
        new WorkflowRunner(bench.runner(), bench.launcher())
            .idle("actions/checkout@v5")
            .idle("github/codeql-action/init@v4")
            .idle("github/codeql-action/analyze@v4")
            .action("actions/github-script@v8", githubScript());
    Workflow example = Workflow.read(EXAMPLE);

    first = workflows.run(example, job -> set(job, ContainerRunner.FIRST));
    nodesOfFirst = bench.nodes();
    second = workflows.run(example, job -> set(job, ContainerRunner.SECOND));
    nodesOfSecond = bench.nodes();
    askedBySecond = bench.github().ledger().requests(entry -> entry.token().equals("second"));
    bench.awaitNoNode();
  }

  /** The stand-in for a machine that cannot fetch the real one. */
  private EmulatedAction githubScript() throws IOException {
    Path folder = Files.createDirectory(bench.root().resolve("github-script"));
    try (Stream<Path> files = Files.list(Path.of("act/github-script"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    var _ =
        new ClientProcess(folder, System.getenv(), INSTALL_TIMEOUT)
            .run(List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"))
            .output();
    return EmulatedAction.of(
        folder.resolve("action.yml"), new NodeActionLauncher(folder.resolve("main.mjs")));
  }

  private void set(Job job, Token token) {
    job.githubToken(token.value())
        .github("repository", ContainerRunner.REPOSITORY)
        .env("CACHEMESH_UPSTREAM", bench.github().uri().toString())
        // Long enough for the same job of the next run to start within it.
        .env("CACHEMESH_LINGER", "40")
        .allowSecretsIn("variable 'CUSTOM_API_KEY' of step 'inject-creds'")
        .searchForSecrets(bench.temp(), bench.runner().folders().workspace());
  }

  @AfterAll
  void end() throws Exception {
    bench.close();
  }

  @Test
  void everyJobSucceedsWithItsCache() {
    for (WorkflowResult run : List.of(first, second)) {
      assertThat(run.skipped()).isEmpty();
      assertThat(run.jobs()).hasSize(5);
      assertThat(run.jobs()).allSatisfy(job -> assertThat(job.succeeded()).as(job.log()).isTrue());
      for (String job : JOBS_WITH_CACHE) {
        assertThat(run.job(job).step("github-cache").outputs())
            .as(job)
            .containsEntry("cache-status", "success");
      }
    }
  }

  @Test
  void nothingWarns() {
    for (WorkflowResult run : List.of(first, second)) {
      assertThat(steps(run))
          .filteredOn(step -> has(step, Level.WARNING) || has(step, Level.ERROR))
          .isEmpty();
    }
  }

  @Test
  void credentialIsInjectedAndTakenBack() {
    for (WorkflowResult run : List.of(first, second)) {
      JobResult job = run.job("setup-cache");
      assertThat(job.step("inject-creds").outputs())
          .containsEntry("credentials-injected", "1")
          .containsEntry("status", "success");
      assertThat(job.env()).containsEntry("CUSTOM_API_KEY", "");
    }
  }

  @Test
  void secondRunJoinsWhatTheFirstStarted() {
    assertThat(nodesOfSecond).hasSize(1).isEqualTo(nodesOfFirst);
    assertThat(first.job("setup-cache").step("github-cache").log()).contains("started node");
    for (String job : JOBS_WITH_CACHE) {
      assertThat(second.job(job).step("github-cache").log()).contains("joined node");
    }
  }

  @Test
  void readsOfTheSecondRunCostNothing() {
    assertThat(askedBySecond.stream().filter(entry -> !isGraphQl(entry)))
        .isNotEmpty()
        .allSatisfy(entry -> assertThat(entry.points()).as(entry.path()).isZero());
    assertThat(bench.github().ledger().pointsCharged("first")).isPositive();
  }

  @Test
  void ghAndOctokitHaveTheirGraphQlAnswers() {
    assertThat(askedBySecond.stream().filter(ExampleWorkflowTest::isGraphQl))
        .hasSize(2)
        .allSatisfy(entry -> assertThat(entry.status()).isEqualTo(200));
    assertThat(second.job("test-with-cache").step("__run").log())
        .startsWith(ContainerRunner.REPOSITORY + "\n")
        .endsWith(ContainerRunner.REPOSITORY + "\n");
    assertThat(second.job("test-with-cache").step("__actions_github-script").log())
        .contains(ContainerRunner.REPOSITORY, "GraphQL: ");
  }

  @Test
  void savingsOfEachJobAreInItsSummary() {
    for (String job : JOBS_WITH_CACHE) {
      assertThat(second.job(job).post("github-cache").summary()).as(job).contains("| Requests |");
    }
    assertThat(second.job("autoscaler-integration").post("github-cache").summary())
        .contains("| Rate-limit points charged | 0 |");
  }

  @Test
  void theReportHasWhatTheOtherJobsHandedOn() {
    JobResult report = second.job("performance-summary");
    assertThat(report.step("__run").summary()).containsPattern("- Total requests: [1-9]");
    assertThat(report.step("__run_2").summary())
        .contains("- GitHub API caching: success", "- CodeQL caching: success");
  }

  @Test
  void nothingIsLeftButTheVolume() throws Exception {
    DockerState ofRunner = bench.docker().state(bench.runner().folders().label());
    assertThat(ofRunner.isEmpty()).as(ofRunner.toString()).isTrue();
    assertThat(bench.nodes()).isEmpty();
    assertThat(bench.temp()).isEmptyDirectory();
    assertThat(first.jobs()).allSatisfy(job -> assertThat(job.killed()).isEmpty());
    assertThat(second.jobs()).allSatisfy(job -> assertThat(job.killed()).isEmpty());
    assertThat(bench.docker().lines("volume", "ls", "--quiet"))
        .contains("cachemesh-github-cache-" + ContainerRunner.USER);
  }

  private static Stream<StepResult> steps(WorkflowResult run) {
    return run.jobs().stream().flatMap(job -> job.steps().stream());
  }

  private static boolean has(StepResult step, Level level) {
    return !step.messages(level).isEmpty();
  }

  private static boolean isGraphQl(LedgerEntry entry) {
    return entry.path().equals("/graphql");
  }
}
