package io.github.cachemesh.core.codeql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MatrixTest {
  @ParameterizedTest
  @ValueSource(strings = {"", " ", "null", "{}"})
  void noMatrixHasOneForm(String json) {
    assertThat(Matrix.canonical(json)).isEqualTo("{}");
  }

  @Test
  void equalMatricesHaveOneForm() {
    assertThat(Matrix.canonical("{\"b\": 1,\n \"a\": [\"x\"]}"))
        .isEqualTo("{\"a\":[\"x\"],\"b\":1}");
  }

  @Test
  void whatIsNoJsonStaysAsItIs() {
    assertThat(Matrix.canonical("{oops")).isEqualTo("{oops");
  }

  /** The examples of codeql-action's {@code api-client.test.ts}. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "`{\"language\": \"javascript\", \"os\": \"linux\"}`, /language:javascript/os:linux",
        "`{\"os\": \"linux\", \"language\": \"javascript\"}`, /language:javascript/os:linux",
        "`{\"number\": 1, \"object\": {\"language\": \"javascript\"}}`, /number:/object:",
        "`{\"a\": \"x\", \"a b\": \"y\"}`, /a b:y/a:x",
        "``, ``"
      })
  void categoryOfAMatrixIsThatOfCodeqlAction(String matrix, String suffix) {
    assertThat(Matrix.category("", ".github/workflows/codeql.yml:analyze", matrix))
        .isEqualTo(".github/workflows/codeql.yml:analyze" + suffix);
  }

  @Test
  void givenCategoryWins() {
    assertThat(Matrix.category("/mine/", "w.yml:job", "{\"a\":\"b\"}")).isEqualTo("/mine");
  }

  @Test
  void categoryIsWhatComesBeforeTheRunOfAnAutomationId() {
    assertThat(Matrix.categoryOf("/language:python/")).isEqualTo("/language:python");
    assertThat(Matrix.categoryOf("my-analysis/tool1/run-7")).isEqualTo("my-analysis/tool1");
  }
}
