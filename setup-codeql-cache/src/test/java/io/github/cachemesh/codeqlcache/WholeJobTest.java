package io.github.cachemesh.codeqlcache;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.testkit.runner.Condition;
import io.github.cachemesh.testkit.runner.EmulatedAction;
import io.github.cachemesh.testkit.runner.EmulatedRunner;
import io.github.cachemesh.testkit.runner.Flavour;
import io.github.cachemesh.testkit.runner.Job;
import io.github.cachemesh.testkit.runner.JobResult;
import io.github.cachemesh.testkit.runner.JvmActionLauncher;
import io.github.cachemesh.testkit.runner.StepResult;
import io.github.cachemesh.testkit.runner.StepResult.Level;
import io.github.cachemesh.testkit.runner.StepResult.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Jobs with gated steps, as processes on an emulated runner. */
class WholeJobTest {
  /** What init and analyze leave behind, found as they find their way. */
  private static final String SCAN =
      """
      mkdir -p "$CODEQL_ACTION_SARIF_DUMP_DIR"
      cp "$FILES/upload.sarif" "$CODEQL_ACTION_SARIF_DUMP_DIR/"
      cp "$FILES/config" "${CODEQL_ACTION_TEMP:-$RUNNER_TEMP}/"
      echo 'CODEQL_ACTION_CLI_VERSION_INFO={"version":{"version":"2.25.6"}}' >>"$GITHUB_ENV"
      echo CODEQL_ACTION_ANALYZE_DID_COMPLETE_SUCCESSFULLY=true >>"$GITHUB_ENV"
      """;

  private static final String UPLOAD =
      """
      cp "$SARIF" "$FILES/uploaded.sarif"
      echo CODEQL_UPLOAD_SARIF__LANGUAGE_ACTIONS__CODEQL=x >>"$GITHUB_ENV"
      """;

  @TempDir Path temp;
  private Bench bench;
  private CodeqlSteps codeql;
  private EmulatedRunner runner;

  @BeforeEach
  void prepare() throws Exception {
    runner = EmulatedRunner.in(temp.resolve("runner"));
    bench = Bench.at(temp, runner.folders().workspace());
    codeql = new CodeqlSteps(bench);
    Files.writeString(temp.resolve("upload.sarif"), codeql.sarif(2).toString());
    Files.writeString(temp.resolve("config"), codeql.config().toString());
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void secondJobOfTheSameTreeSkipsAndUploads(Flavour flavour) throws Exception {
    runner.flavour(flavour);
    JobResult first = run();
    assertThat(first.step("scan").outcome()).as(first.log()).isEqualTo(Outcome.SUCCESS);
    assertThat(first.post("codeql-cache").log()).contains("The result is stored");
    codeql.upload(codeql.sarif(2));

    JobResult second = run();

    assertThat(second.step("codeql-cache").outputs()).containsEntry("reason", "hit");
    assertThat(second.step("scan").outcome()).isEqualTo(Outcome.SKIPPED);
    assertThat(second.step("upload").outcome()).as(second.log()).isEqualTo(Outcome.SUCCESS);
    assertThat(second.succeeded()).as(second.log()).isTrue();
    assertThat(CodeqlSteps.lines(temp.resolve("uploaded.sarif"))).containsExactly(2);
    assertThat(bench.workspace().resolve(".git/cachemesh-codeql-job")).doesNotExist();
  }

  @Test
  void originalsInputsAloneScanWithoutAWarning() throws Exception {
    JobResult job =
        runner.run(
            Job.named("scan")
                .githubToken(Bench.TOKEN)
                .uses("codeql-cache", action(), Map.of("enable-caching", "true")));

    StepResult step = job.step("codeql-cache");
    assertThat(step.outputs())
        .containsEntry("should-skip-scan", "false")
        .containsEntry("reason", "no-store-key");
    assertThat(step.messages(Level.WARNING)).isEmpty();
    assertThat(job.succeeded()).as(job.log()).isTrue();
  }

  private JobResult run() throws IOException, InterruptedException {
    String skip = "steps.codeql-cache.outputs.should-skip-scan";
    Job job =
        Job.named("analyze")
            .githubToken(Bench.TOKEN)
            .secret("CODEQL_STORE_KEY", Bench.STORE_KEY)
            .searchForSecrets(temp)
            .env("ImageVersion", "")
            .github("repository", Bench.REPOSITORY)
            .event("{\"repository\":{\"default_branch\":\"main\"}}");
    for (String name :
        new String[] {"repository_id", "sha", "workflow_sha", "workflow_ref", "api_url"}) {
      job.github(name, bench.variable("GITHUB_" + name.toUpperCase(Locale.ROOT)));
    }
    bench.run("completed", 1);
    return runner.run(
        job.uses(
                "codeql-cache",
                action(),
                Map.of(
                    "store-key", "${{ secrets.CODEQL_STORE_KEY }}",
                    "languages", "actions",
                    "build-mode", "none",
                    "queries", "security-extended",
                    "category", "/language:actions",
                    "codeql-version", "2.25.6"))
            .run(
                "scan",
                new Condition(skip + " != 'true'"),
                Map.of("FILES", temp.toString()),
                "bash",
                "-e",
                "-c",
                SCAN)
            .run(
                "upload",
                new Condition(skip + " == 'true'"),
                Map.of(
                    "FILES",
                    temp.toString(),
                    "SARIF",
                    "${{ steps.codeql-cache.outputs.cached-result }}"),
                "bash",
                "-e",
                "-c",
                UPLOAD));
  }

  private static EmulatedAction action() throws IOException {
    return EmulatedAction.of(
        Path.of("action.yml"), JvmActionLauncher.ofThisJvm(Main.class.getName()));
  }
}
