package io.github.cachemesh.e2e.codeql;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.testkit.runner.Condition;
import io.github.cachemesh.testkit.runner.EmulatedRunner;
import io.github.cachemesh.testkit.runner.Job;
import io.github.cachemesh.testkit.runner.JobResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the stand-in leaves is what the rest of the show takes for codeql-action's. */
@TestInstance(Lifecycle.PER_CLASS)
class StandInTest {
  private static final String CATEGORY = "/language:javascript";
  private static final Map<String, String> INIT =
      Map.of("languages", "javascript-typescript", "queries", "+security-extended");

  private Path root;
  private Hub hub;
  private StandIn standIn;
  private EmulatedRunner runner;
  private WorkTree tree;

  @BeforeAll
  void install(@TempDir Path folder) throws IOException {
    root = folder;
    hub = new Hub();
    standIn = StandIn.install(Path.of("codeql/codeql-action"), folder.resolve("stand-in"));
    runner = EmulatedRunner.in(folder.resolve("runner"));
    tree = SampleRepository.create(runner.folders().workspace(), folder.resolve("origins"));
  }

  @AfterAll
  void close() {
    hub.close();
  }

  @Test
  void scanLeavesConfigurationResultsAndWhatWasUploaded() throws Exception {
    Path dump = root.resolve("dump");
    Path kept = root.resolve("kept-config");

    JobResult result =
        runner.run(
            job("push")
                .env("CODEQL_ACTION_SARIF_DUMP_DIR", dump.toString())
                .uses("init", standIn.action("init"), INIT)
                .uses("analyze", standIn.action("analyze"), Map.of("category", CATEGORY))
                .run("keep", "cp", "${{ runner.temp }}/config", kept.toString()));

    assertThat(result.succeeded()).as(result.log()).isTrue();
    JsonNode config = JsonMapper.shared().readTree(kept);
    assertThat(config.path("languages").toString()).isEqualTo("[\"javascript\"]");
    assertThat(config.path("computedConfig").toString())
        .isEqualTo("{\"queries\":[{\"uses\":\"security-extended\"}]}");
    assertThat(runner.folders().runnerWorkspace().resolve("results/javascript.sarif")).exists();
    JsonNode run = JsonMapper.shared().readTree(dump.resolve("upload.sarif")).path("runs").path(0);
    assertThat(run.path("automationDetails").path("id").asString()).isEqualTo(CATEGORY + "/");
    assertThat(result.env())
        .containsEntry("CODEQL_ACTION_ANALYZE_DID_COMPLETE_SUCCESSFULLY", "true")
        .containsKey("CODEQL_UPLOAD_SARIF__LANGUAGE_JAVASCRIPT__CODEQL");
    Hub.Recorded recorded = hub.newestAnalysis().orElseThrow();
    assertThat(recorded.category()).isEqualTo(CATEGORY);
    assertThat(recorded.alerts())
        .hasSize(run.path("results").size())
        .contains("js/tainted-sink src/sinks.js:1", "js/weak-hash src/sinks.js:2");
  }

  @Test
  void dumpThatCannotBeWrittenFailsTheStep() throws Exception {
    Path file = Files.writeString(root.resolve("no-folder"), "");

    JobResult result =
        runner.run(
            job("push")
                .env("CODEQL_ACTION_SARIF_DUMP_DIR", file.toString())
                .uses("init", standIn.action("init"), INIT)
                .uses("analyze", standIn.action("analyze"), Map.of("category", CATEGORY)));

    assertThat(result.step("analyze").succeeded()).isFalse();
    assertThat(result.env()).doesNotContainKey("CODEQL_ACTION_ANALYZE_DID_COMPLETE_SUCCESSFULLY");
  }

  @Test
  void postOfInitUploadsThatTheRunFailed() throws Exception {
    JobResult result =
        runner.run(
            job("push")
                .uses("init", standIn.action("init"), INIT)
                .run("build", Condition.SUCCESS, Map.of(), "false"));

    assertThat(runner.folders().runnerWorkspace().resolve("codeql-failed-run.sarif"))
        .as(result.log())
        .content()
        .contains("\"executionSuccessful\":false");
    assertThat(result.env())
        .containsEntry("CODEQL_ACTION_JOB_STATUS", "JOB_STATUS_CONFIGURATION_ERROR")
        .containsKey("CODEQL_UPLOAD_SARIF__LANGUAGE_JAVASCRIPT__CODEQL");
  }

  @Test
  void resultsOfAPullRequestAreThoseOfItsChangeUnlessSwitchedOff() throws Exception {
    tree.write("src/change.js", "// new\neval(1);\n");
    tree.commit("Change");

    JobResult partial = scanPullRequest(Map.of());
    List<String> alertsOfChange = hub.newestAnalysis().orElseThrow().alerts();
    JobResult full = scanPullRequest(Map.of("CODEQL_ACTION_DIFF_INFORMED_QUERIES", "false"));

    assertThat(partial.succeeded() && full.succeeded()).as(partial.log() + full.log()).isTrue();
    assertThat(alertsOfChange).containsExactly("js/code-injection src/change.js:2");
    assertThat(hub.newestAnalysis().orElseThrow().alerts()).hasSizeGreaterThan(1);
  }

  private JobResult scanPullRequest(Map<String, String> env)
      throws IOException, InterruptedException {
    Job job = job("pull_request").github("ref", "refs/pull/1/merge").github("base_ref", "main");
    job.event(
        "{\"pull_request\": {\"base\": {\"ref\": \"main\", \"sha\": \"" + tree.head() + "\"}}}");
    env.forEach(job::env);
    return runner.run(
        job.uses("init", standIn.action("init"), INIT)
            .uses("analyze", standIn.action("analyze"), Map.of("category", CATEGORY)));
  }

  private Job job(String event) throws IOException {
    Hub.Run run = hub.start("main", event, Optional.empty());
    Job job =
        Job.named("scan")
            .githubToken(Hub.TOKEN.value())
            .github("repository", Hub.REPOSITORY)
            .github("api_url", hub.api().toString())
            .github("run_id", Long.toString(run.id()))
            .github("sha", tree.head())
            .github("event_name", event);
    for (String step : List.of("init", "analyze")) {
      job.allowSecretsIn("state 'persisted_inputs' of step '" + step + "'");
    }
    return job;
  }
}
