package io.github.cachemesh.codeqlcache;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.testkit.github.Fault;
import io.github.cachemesh.testkit.github.Token;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs that scan whatever is stored: each says why, and none fails. */
class WhoMustScanTest {
  @TempDir Path temp;
  private Bench bench;

  @BeforeEach
  void prepare() throws IOException, GitAPIException {
    bench = new Bench(temp);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private Bench.Phase scans(String reason) throws IOException {
    Bench.Phase main = bench.main();
    assertThat(main.exitCode()).as(main.log()).isZero();
    assertThat(main.outputs())
        .as(main.log())
        .containsEntry("should-skip-scan", "false")
        .containsEntry("reason", reason)
        .containsEntry("cached-result", "")
        .containsEntry("partial", "false")
        .containsEntry("time-saved-seconds", "0")
        .containsKeys("cache-status", "cache-dir", "cache-key");
    assertThat(main.log()).contains(reason);
    assertThat(main.summary()).contains(reason);
    return main;
  }

  @ParameterizedTest
  @CsvSource({
    "enable-caching, yes",
    "mode, guess",
    "cache-ttl, 0",
    "cache-ttl, 2592001",
    "commit-sha, main",
    "commit-sha, 0000000",
    "store-key, too short",
    "declared-folders, ../other",
    "declared-folders, .",
    "source-root, /src",
    "require-upload, maybe"
  })
  void whoseInputIsWrong(String input, String value) throws IOException {
    bench.with(input, value);

    Bench.Phase main = scans("invalid-input");

    assertThat(main.outputs()).containsEntry("cache-status", "error");
    assertThat(main.log().lines().filter(line -> line.startsWith("::error")))
        .singleElement()
        .asString()
        .contains("Input '" + input + "'");
  }

  @Test
  void whoIgnoresChangesOfSources() throws IOException {
    bench.with("ignore-changes", "*.js");

    assertThat(scans("invalid-input").log()).contains("*.js");
  }

  @Test
  void whoseCacheIsDisabled() throws IOException {
    bench.with("enable-caching", "false");

    assertThat(scans("disabled").outputs()).containsEntry("cache-status", "disabled");
    assertThat(bench.exported()).isEmpty();
  }

  @Test
  void whoseFleetIsSwitchedOff() throws IOException {
    bench.env("CACHEMESH_CODEQL_DISABLE", "true");

    assertThat(scans("kill-switch").outputs()).containsEntry("cache-status", "disabled");
    assertThat(bench.exported()).isEmpty();
  }

  @Test
  void killSwitchThatIsFalseIsNone() throws IOException {
    bench.env("CACHEMESH_CODEQL_DISABLE", "false");

    scans("not-stored");
  }

  @Test
  void whoHasNoToken() throws IOException {
    bench.with("github-token", "");

    scans("no-token");
    assertThat(bench.exported()).as("nothing will be stored").isEmpty();
  }

  @Test
  void whoHasNoStoreKey() throws IOException {
    bench.with("store-key", "");

    scans("no-store-key");
  }

  @Test
  void whoComesFromAFork() throws IOException {
    bench.pullRequest(7, "b".repeat(40), 2);

    scans("fork");
    assertThat(bench.exported()).isEmpty();
  }

  @Test
  void dependabot() throws IOException {
    bench.env("GITHUB_ACTOR", "dependabot[bot]");

    scans("fork");
  }

  @ParameterizedTest
  @ValueSource(strings = {"schedule", "workflow_dispatch", "release"})
  void whoseEventAsksForAScan(String event) throws IOException {
    bench.env("GITHUB_EVENT_NAME", event);

    scans("event");
    assertThat(bench.exported()).as("its result is stored").isNotEmpty();
  }

  @Test
  void mergeQueue() throws IOException {
    bench.env("GITHUB_EVENT_NAME", "merge_group");

    scans("merge-group");
  }

  @Test
  void defaultSetup() throws IOException {
    bench
        .env("GITHUB_EVENT_NAME", "dynamic")
        .env("GITHUB_WORKFLOW_REF", "dynamic/github-code-scanning/codeql");

    scans("default-setup");
    assertThat(bench.exported()).isEmpty();
  }

  @Test
  void whoRunsOnAnotherServer() throws IOException {
    bench.env("GITHUB_SERVER_URL", "https://ghes.example.com");

    scans("unsupported-server");
  }

  @Test
  void whoRunsAgainToDebug() throws IOException {
    bench.env("RUNNER_DEBUG", "1").env("GITHUB_RUN_ATTEMPT", "2");

    scans("debug-rerun");
  }

  @Test
  void whoseMachineIsNotTold() throws IOException {
    bench.env("ImageVersion", null);

    assertThat(scans("unsupported-environment").log()).contains("ImageVersion");
  }

  @Test
  void whoseRunnerSaysTooLittle() throws IOException {
    bench.env("GITHUB_REPOSITORY_ID", null);

    assertThat(scans("unsupported-environment").log()).contains("GITHUB_REPOSITORY_ID");
  }

  @Test
  void whoseStepHasNoId() throws IOException {
    bench.env("GITHUB_ACTION", "__cachemesh_setup-codeql-cache");

    assertThat(scans("undeclared").log()).contains("id");
  }

  @Test
  void whoseWorkflowIsNotInTheCheckoutNorOnGitHub() throws IOException {
    bench.env("GITHUB_WORKFLOW_SHA", "d".repeat(40));

    assertThat(scans("undeclared").log()).contains("example-codeql.yml");
  }

  @Test
  void whoseCheckoutIsAnotherCommit() throws IOException {
    bench.with("commit-sha", "d".repeat(40));

    assertThat(scans("no-checkout").log()).contains("d".repeat(40));
  }

  @Test
  void whoHasNoCheckout() throws IOException {
    bench.env("GITHUB_WORKSPACE", Files.createDirectory(temp.resolve("empty")).toString());

    scans("undeclared");
  }

  @Test
  void whoseStoreIsElsewhere() throws IOException {
    bench.with("store-folder", "/var/lib/elsewhere");

    Bench.Phase main = scans("internal-error");

    assertThat(main.outputs()).containsEntry("cache-status", "error");
    assertThat(main.log()).contains("::warning").contains("store-folder");
  }

  @Test
  void whoseRunnerSharesNoTemporaryFolder() throws IOException {
    bench.env("RUNNER_TEMP", Files.createDirectory(temp.resolve("other")).toString());

    assertThat(scans("unsupported-environment").log()).contains("Update the runner");
  }

  @Test
  void whosePropertiesAreNotKnown() throws IOException {
    bench.github().faults().inject(".*/properties/values.*", new Fault.Status(500), 1000);

    scans("authority-unreachable");
  }

  @Test
  void tokenWithoutPermissionIsTold() throws Exception {
    bench.close();
    bench =
        new Bench(
            Files.createDirectory(temp.resolve("second")),
            Token.workflow(Bench.TOKEN, Bench.REPOSITORY).without("actions"));
    CodeqlSteps codeql = new CodeqlSteps(bench);
    Bench.Phase main = bench.main();
    codeql.scan(codeql.sarif(2));
    bench.post(main);

    assertThat(scans("authority-unreachable").log()).contains("actions: read");
  }

  @Test
  void secretsAreMaskedBeforeAnythingElseIsSaid() throws IOException {
    Bench.Phase main = bench.main();

    assertThat(main.log().lines().takeWhile(line -> line.startsWith("::add-mask::")))
        .contains("::add-mask::" + Bench.TOKEN, "::add-mask::" + Bench.STORE_KEY);
    assertThat(main.state().values()).noneMatch(value -> value.contains(Bench.STORE_KEY));
  }

  @Test
  void postHasNothingToDoWhereNothingIsStored() throws IOException {
    bench.with("store-key", "");
    Bench.Phase post = bench.post(bench.main());

    assertThat(post.exitCode()).isZero();
    assertThat(post.log()).contains("nothing to store").doesNotContain("::warning");
  }
}
