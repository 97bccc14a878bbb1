package io.github.cachemesh.codeqlcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cachemesh.testkit.github.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

class StoreAndSkipTest {
  @TempDir Path temp;
  private Bench bench;
  private CodeqlSteps codeql;

  @BeforeEach
  void prepare() throws Exception {
    bench = new Bench(temp);
    codeql = new CodeqlSteps(bench);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private Bench.Phase store(int... lines) throws Exception {
    Bench.Phase main = bench.main();
    assertThat(main.outputs()).as(main.log()).containsEntry("should-skip-scan", "false");
    codeql.scan(codeql.sarif(lines));
    Bench.Phase post = bench.post(main);
    assertThat(post.log()).contains("The result is stored");
    return main;
  }

  @Test
  void firstRunStoresWhatItFinds() throws Exception {
    Bench.Phase main = store(2);

    assertThat(main.reason()).as(main.log()).isEqualTo("not-stored");
    assertThat(main.outputs().get("cache-key")).hasSize(64);
    assertThat(main.log()).contains("not-stored");
    assertThat(main.summary()).contains("not-stored");
  }

  @Test
  void sameTreeOfAnotherCommitSkips() throws Exception {
    Bench.Phase first = store(2);
    bench.commit("Nothing changed");

    Bench.Phase main = bench.main();

    assertThat(main.reason()).as(main.log()).isEqualTo("hit");
    assertThat(main.skips()).isTrue();
    assertThat(main.outputs()).containsEntry("cache-key", first.outputs().get("cache-key"));
    Path result = Path.of(main.outputs().get("cached-result"));
    assertThat(CodeqlSteps.lines(result)).containsExactly(2);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(result)))
        .isEqualTo("rw-------");
    assertThat(main.exitCode()).isZero();
  }

  @Test
  void uploadOfTheStoredResultEndsTheJobWell() throws Exception {
    store(2);
    bench.commit("Nothing changed");
    Bench.Phase main = bench.main();
    codeql.upload(codeql.sarif(2));

    Bench.Phase post = bench.post(main);

    assertThat(post.exitCode()).as(post.log()).isZero();
    assertThat(Path.of(main.outputs().get("cached-result"))).doesNotExist();
  }

  @Test
  void skippedScanWithoutUploadFailsTheJob() throws Exception {
    store(2);
    bench.commit("Nothing changed");

    Bench.Phase post = bench.post(bench.main());

    assertThat(post.exitCode()).as(post.log()).isEqualTo(1);
    assertThat(post.log()).contains("::error").contains("upload-sarif");
  }

  @Test
  void uploadThatIsNotRequiredIsMissedInAWarning() throws Exception {
    store(2);
    bench.commit("Nothing changed");
    bench.with("require-upload", "false");

    Bench.Phase post = bench.post(bench.main());

    assertThat(post.exitCode()).isZero();
    assertThat(post.log()).contains("::warning").doesNotContain("::error");
  }

  @Test
  void changedFileScans() throws Exception {
    store(2);
    bench.write("src/app.js", "let b = 1;\neval(a);\n");
    bench.commit("Change");

    assertThat(bench.main().reason()).isEqualTo("tree-changed");
  }

  @Test
  void changeThatIsNotCommittedScans() throws Exception {
    store(2);
    bench.write("src/app.js", "let b = 1;\neval(a);\n");

    assertThat(bench.main().reason()).isEqualTo("dirty-tree");
  }

  @Test
  void otherQueriesThanTheWorkflowsScan() throws Exception {
    store(2);
    bench.with("queries", "security-and-quality");

    assertThat(bench.main().reason()).isEqualTo("undeclared");
  }

  @Test
  void apiThatIsDownScans() throws Exception {
    store(2);
    bench.github().faults().inject(".*/code-scanning/analyses.*", new Fault.Status(503), 1000);

    assertThat(bench.main().reason()).isEqualTo("authority-unreachable");
  }

  @Test
  void analysisThatGitHubDoesNotHaveScans() throws Exception {
    Bench.Phase main = bench.main();
    codeql.scanWithoutUpload(codeql.sarif(2));
    bench.post(main);

    assertThat(bench.main().reason()).isEqualTo("authority-absent");
  }

  @Test
  void olderRunThatIsPendingScans() throws Exception {
    store(2);
    bench.run("in_progress", 1);

    assertThat(bench.main().reason()).isEqualTo("older-run-pending");
  }

  @Test
  void expiredResultScans() throws Exception {
    store(2);
    bench.with("cache-ttl", "1");

    await().until(() -> bench.main().reason(), "expired"::equals);
  }

  @Test
  void configurationThatMainDidNotAssumeRevokesWhatIsStored() throws Exception {
    store(2);
    bench.with("force", "true");
    Bench.Phase main = bench.main();
    assertThat(main.reason()).isEqualTo("forced");
    codeql.scan(codeql.sarif(2));
    var config = codeql.config();
    config.putObject("computedConfig").put("disable-default-queries", true);
    codeql.init(config);

    Bench.Phase post = bench.post(main);

    assertThat(post.log()).contains("revoked").contains("config-changed");
    bench.with("force", "false");
    assertThat(bench.main().reason()).isEqualTo("not-stored");
  }

  @Test
  void scanThatDidNotEndWellIsNotStored() throws Exception {
    Bench.Phase main = bench.main();
    codeql.scan(codeql.sarif(2));
    bench.export("CODEQL_ACTION_ANALYZE_DID_COMPLETE_SUCCESSFULLY", "false");

    Bench.Phase post = bench.post(main);

    assertThat(post.exitCode()).isZero();
    assertThat(post.log()).contains("not stored: scan-failed");
    assertThat(post.summary()).contains("scan-failed");
    assertThat(bench.main().reason()).isEqualTo("not-stored");
  }

  @Test
  void fileThatABuildLeftBehindKeepsTheResultFromBeingStored() throws Exception {
    Bench.Phase main = bench.main();
    codeql.scan(codeql.sarif(2));
    bench.write("src/generated.js", "let c;\n");

    assertThat(bench.post(main).log()).contains("not stored: untracked-files");
  }

  @Test
  void sarifOfAnotherToolIsNotStored() throws Exception {
    Bench.Phase main = bench.main();
    var sarif = codeql.sarif(2);
    ((ObjectNode) sarif.at("/runs/0/tool/driver")).put("name", "Other");
    codeql.scanWithoutUpload(sarif);

    assertThat(bench.post(main).log()).contains("not stored: invalid-sarif");
  }

  @Test
  void observedResultIsComparedAndTheScanRuns() throws Exception {
    store(2);
    bench.with("mode", "observe");
    Bench.Phase main = bench.main();
    assertThat(main.reason()).as(main.log()).isEqualTo("hit");
    assertThat(main.skips()).isFalse();
    codeql.scan(codeql.sarif(1, 2));

    Bench.Phase post = bench.post(main);

    assertThat(post.log()).contains("::warning").contains("that the stored one of the same key");
    assertThat(post.summary()).contains("disagrees");
  }

  @Test
  void observedResultThatIsTheSameIsNoWarning() throws Exception {
    store(2);
    bench.with("mode", "observe");
    Bench.Phase main = bench.main();
    codeql.scan(codeql.sarif(2));

    Bench.Phase post = bench.post(main);

    assertThat(post.log()).contains("exactly what the stored result has");
    assertThat(post.log()).doesNotContain("::warning");
  }

  @Test
  void countsAreInTheSummaryWhereAskedForOnly() throws Exception {
    store(2);

    assertThat(bench.main().summary()).doesNotContain("Results");
    bench.with("summary-counts", "true");
    assertThat(bench.main().summary()).contains("Results");
  }

  @Test
  void storeHoldsNothingThatCanBeRead() throws Exception {
    store(2);
    Path folder = bench.workspace().resolve(".git/cachemesh-codeql");

    try (var files = Files.list(folder)) {
      assertThat(files.toList())
          .isNotEmpty()
          .allSatisfy(
              file -> assertThat(Files.readAllBytes(file)).asString().doesNotContain("eval"));
    }
  }
}
