package io.github.cachemesh.codeqlcache;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** Results of pull requests, of merges, and of commits that change documents. */
class WhereAResultCountsTest {
  private static final String BASE = "b".repeat(40);
  private static final long OWN = 1;

  @TempDir Path temp;
  private Bench bench;
  private CodeqlSteps codeql;

  @BeforeEach
  void prepare() throws IOException, GitAPIException {
    bench = new Bench(temp);
    codeql = new CodeqlSteps(bench);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private void store(ObjectNode sarif) throws Exception {
    Bench.Phase main = bench.main();
    codeql.scan(sarif);
    assertThat(bench.post(main).log()).contains("The result is stored");
  }

  private void storePartial() throws Exception {
    Bench.Phase main = bench.main();
    Files.writeString(bench.temp().resolve("pr-diff-range.json"), "[]");
    codeql.scan(codeql.sarif(2));
    assertThat(bench.post(main).log()).contains("stored for this pull request");
  }

  @Test
  void partialResultStandsForTheSamePullRequest() throws Exception {
    bench.pullRequest(7, BASE, OWN);
    storePartial();

    Bench.Phase main = bench.main();

    assertThat(main.reason()).as(main.log()).isEqualTo("hit-partial");
    assertThat(main.outputs()).containsEntry("partial", "true");
  }

  @Test
  void partialResultDoesNotStandForAnotherPullRequestNorAnotherBase() throws Exception {
    bench.pullRequest(7, BASE, OWN);
    storePartial();

    assertThat(bench.pullRequest(8, BASE, OWN).main().skips()).isFalse();
    assertThat(bench.pullRequest(7, "c".repeat(40), OWN).main().skips()).isFalse();
    assertThat(bench.pullRequest(7, BASE, OWN).main().skips()).isTrue();
  }

  @Test
  void resultOfMainStandsForAPullRequest() throws Exception {
    store(codeql.sarif(2));
    bench.commit("Nothing changed");

    assertThat(bench.pullRequest(7, BASE, OWN).main().reason()).isEqualTo("hit");
  }

  @Test
  void resultOfAPullRequestStandsForItsMergeWhereAskedFor() throws Exception {
    bench.pullRequest(7, BASE, OWN);
    store(codeql.sarif(2));
    String merged = bench.push("Merge");
    bench
        .github()
        .declare(
            "pull",
            """
            {"repository":"%s","number":7,"head_ref":"change","head_sha":"%s",
             "merge_commit_sha":"%s"}
            """
                .formatted(Bench.REPOSITORY, "d".repeat(40), merged));

    assertThat(bench.main().reason()).isEqualTo("authority-mismatch");
    Bench.Phase main = bench.with("reuse-merged-pr", "true").main();
    assertThat(main.reason()).as(main.log()).isEqualTo("hit-merged-pr");
  }

  @Test
  void changeOfADocumentSkipsWhereItIsIgnored() throws Exception {
    bench.with("ignore-changes", "*.md");
    store(codeql.sarif(2));
    bench.write("README.md", "Other text\n");
    bench.commit("Documents");

    Bench.Phase main = bench.main();

    assertThat(main.reason()).as(main.log()).isEqualTo("hit-projected");
    bench.write("src/app.js", "eval(b);\neval(a);\n");
    bench.commit("Sources");
    assertThat(bench.main().skips()).isFalse();
  }
}
