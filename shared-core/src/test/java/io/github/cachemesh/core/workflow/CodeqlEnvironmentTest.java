package io.github.cachemesh.core.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.core.workflow.CodeqlEnvironment.Known;
import io.github.cachemesh.core.workflow.CodeqlEnvironment.Unfit;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodeqlEnvironmentTest {
  @Test
  void onlyWhatDecidesIsKept() {
    Map<String, String> environment =
        Map.of(
            "PATH", "/bin",
            "CODEQL_THREADS", "4",
            "CODEQL_ACTION_DIFF_INFORMED_QUERIES", "false",
            "CODEQL_EXTRACTOR_JAVA_OPTION_ANYTHING", "x",
            "CODEQL_ACTION_OVERLAY_ANALYSIS_JAVA", "true",
            "LGTM_INDEX_FILTERS", "exclude:**/*.py",
            "CACHEMESH_CODEQL_DISABLE", "false");

    assertThat(CodeqlEnvironment.of(environment))
        .isInstanceOfSatisfying(
            Known.class,
            known ->
                assertThat(known.deciding())
                    .containsOnlyKeys(
                        "CODEQL_ACTION_DIFF_INFORMED_QUERIES",
                        "CODEQL_ACTION_OVERLAY_ANALYSIS_JAVA",
                        "CODEQL_EXTRACTOR_JAVA_OPTION_ANYTHING",
                        "LGTM_INDEX_FILTERS"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CODEQL_ACTION_ANALYSIS_KEY",
        "CODEQL_ACTION_INIT_HAS_RUN",
        "CODEQL_ACTION_TEST_MODE",
        "CODEQL_ACTION_FORCE_NIGHTLY",
        "CODEQL_PROXY_HOST",
        "CODEQL_REGISTRIES_AUTH",
        "CODEQL_DIST",
        "CODEQL_TRACER_X",
        "CODEQL_SOMETHING_NEW",
        "codeql_something_new",
        "LGTM_SRC",
        "SEMMLE_JAVA_EXTRACTOR_OPTIONS",
        "ODASA_HOME",
        "CODE_SCANNING_REF",
        "CODE_SCANNING_WORKFLOW_FILE"
      })
  void whatIsForbiddenOrUnknownIsUnfit(String name) {
    assertThat(CodeqlEnvironment.of(Map.of(name, "a secret", "CODEQL_PYTHON", "x")))
        .isInstanceOfSatisfying(
            Unfit.class,
            unfit -> {
              assertThat(unfit.variable()).isEqualTo(name);
              assertThat(unfit.why()).isNotBlank();
              assertThat(unfit.toString()).doesNotContain("a secret");
            });
  }

  @Test
  void anEarlierUploadOfAnotherToolIsHarmless() {
    assertThat(
            CodeqlEnvironment.of(
                Map.of(
                    "CODEQL_UPLOAD_SARIF_ESLINT_X", "CODEQL_UPLOAD_SARIF",
                    "CODEQL_ACTION_VERSION", "4.36.3",
                    "CODEQL_WORKFLOW_STARTED_AT", "2026-11-22T18:00:00Z")))
        .isEqualTo(new Known(new TreeMap<>()));
  }

  @Property
  void noVariableOfCodeqlPassesUnnoticed(
      @ForAll @AlphaChars @StringLength(min = 1, max = 30) String rest) {
    assertThat(CodeqlEnvironment.of(Map.of("CODEQL_Z" + rest, "1"))).isInstanceOf(Unfit.class);
  }
}
