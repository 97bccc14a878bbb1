package io.github.cachemesh.core.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The names are those of the action.yml files of github/codeql-action v4.36.3. */
class InputTableTest {
  @Test
  void everyInputOfInitIsJudged() {
    assertThat(InputTable.INIT.rules())
        .containsOnlyKeys(
            "tools",
            "languages",
            "build-mode",
            "analysis-kinds",
            "token",
            "registries",
            "matrix",
            "config-file",
            "db-location",
            "config",
            "queries",
            "quality-queries",
            "packs",
            "external-repository-token",
            "setup-python-dependencies",
            "source-root",
            "ram",
            "threads",
            "debug",
            "debug-artifact-name",
            "debug-database-name",
            "trap-caching",
            "dependency-caching",
            "check-run-id");
  }

  @Test
  void everyInputOfAnalyzeIsJudged() {
    assertThat(InputTable.ANALYZE.rules())
        .containsOnlyKeys(
            "check_name",
            "output",
            "upload",
            "cleanup-level",
            "ram",
            "add-snippets",
            "skip-queries",
            "threads",
            "checkout_path",
            "ref",
            "sha",
            "category",
            "upload-database",
            "post-processed-sarif-path",
            "wait-for-processing",
            "token",
            "matrix",
            "expect-error");
  }

  @Test
  void everyInputOfUploadSarifIsJudged() {
    assertThat(InputTable.UPLOAD.rules())
        .containsOnlyKeys(
            "sarif_file",
            "checkout_path",
            "ref",
            "sha",
            "token",
            "matrix",
            "category",
            "wait-for-processing");
  }

  @Test
  void everyInputOfAutobuildIsJudged() {
    assertThat(InputTable.AUTOBUILD.rules())
        .containsOnlyKeys("token", "matrix", "working-directory");
  }

  @Test
  void decidingInputsAreOurs() {
    assertThat(InputTable.deciding())
        .containsExactly(
            "build-mode",
            "category",
            "codeql-version",
            "config",
            "config-file",
            "languages",
            "packs",
            "queries",
            "source-root");
  }
}
