package io.github.cachemesh.core.workflow;

import static io.github.cachemesh.core.workflow.Workflows.SCAN_IF;
import static io.github.cachemesh.core.workflow.Workflows.SHA;
import static io.github.cachemesh.core.workflow.Workflows.TEXT;
import static io.github.cachemesh.core.workflow.Workflows.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.core.workflow.GatedScan.Declared;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecipeTest {
  private static final String BEFORE_INIT = "- name: Initialise";
  private static final String BEFORE_ANALYZE = "- name: Analyze";

  @Test
  void plainScanHasNoSteps() throws InvalidWorkflowException {
    Recipe recipe = recipe(TEXT);

    assertThat(recipe.preparation()).isEmpty();
    assertThat(recipe.build()).isEmpty();
    assertThat(recipe.autobuild()).isFalse();
    assertThat(recipe.unkeyed()).isEmpty();
  }

  @Test
  void stepsAreNamedByWhatPeopleSee() throws InvalidWorkflowException {
    Recipe recipe =
        recipe(
            with(BEFORE_INIT, "- name: Prepare\n        run: a\n      " + BEFORE_INIT)
                .replace(
                    BEFORE_ANALYZE,
                    "- run: |\n"
                        + "          make all\n"
                        + "          make more\n"
                        + "      - uses: a/b@v1\n"
                        + "      "
                        + BEFORE_ANALYZE));

    assertThat(recipe.preparation()).containsExactly("Prepare");
    assertThat(recipe.build()).containsExactly("make all", "a/b@v1");
  }

  @Test
  void autobuildIsNoStepOfOurOwn() throws InvalidWorkflowException {
    Recipe recipe =
        recipe(
            with(
                BEFORE_ANALYZE,
                "- uses: github/codeql-action/autobuild@"
                    + SHA
                    + "\n        "
                    + SCAN_IF
                    + "\n      "
                    + BEFORE_ANALYZE));

    assertThat(recipe.autobuild()).isTrue();
    assertThat(recipe.build()).isEmpty();
  }

  @Test
  void commentsLayoutAndOrderOfKeysDoNotMatter() throws InvalidWorkflowException {
    String other =
        "# A comment\n"
            + with("runs-on: ubuntu-24.04", "runs-on:    'ubuntu-24.04' # pinned")
                .replace("name: CodeQL\n", "name: Another\n")
                .replace(
                    "permissions:\n      security-events: write",
                    "permissions: {security-events: write}");

    assertThat(recipe(other).text()).isEqualTo(recipe(TEXT).text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "runs-on: ubuntu-24.04/runs-on: ubuntu-latest",
        "[java, python]/[java, go]",
        "actions/checkout@v5/actions/checkout@v6",
        "_QUERIES: 'false'/_QUERIES: 'true'"
      })
  void whatTheJobDoesMatters(String edit) throws InvalidWorkflowException {
    String old = edit.startsWith("actions") ? "checkout@v5" : edit.split("/")[0];
    String replacement = edit.startsWith("actions") ? "checkout@v6" : edit.split("/")[1];

    assertThat(recipe(with(old, replacement)).text()).isNotEqualTo(recipe(TEXT).text());
  }

  @Test
  void spellingOfANumberMatters() throws InvalidWorkflowException {
    String one = with("language: [java, python]", "language: [java]\n        go: [1.2]");
    String other = with("language: [java, python]", "language: [java]\n        go: [1.20]");

    assertThat(recipe(one).text()).isNotEqualTo(recipe(other).text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run: make ${{ vars.GOAL }}",
        "run: make\n        env: {A: \"${{ secrets.A }}\"}",
        "run: make\n        if: github.ref == 'x'",
        "uses: actions/cache@v4\n        with: {key: \"${{ hashFiles('**/*.lock') }}\"}",
        "run: echo ${{ unfinished"
      })
  void valuesThatTheKeyDoesNotHoldAreNamed(String step) throws InvalidWorkflowException {
    Recipe recipe = recipe(with(BEFORE_ANALYZE, "- " + step + "\n      " + BEFORE_ANALYZE));

    assertThat(recipe.unkeyed()).hasValueSatisfying(where -> assertThat(where).startsWith("line "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run: make ${{ matrix.language }}",
        "name: Of ${{ github.sha }}\n        run: make",
        "run: make\n        if: success() && steps.cache.outputs.should-skip-scan != 'true'",
        "uses: a/b@v1\n        with: {token: \"${{ github.token }}\"}"
      })
  void valuesThatTheKeyHoldsAreNot(String step) throws InvalidWorkflowException {
    assertThat(recipe(with(BEFORE_ANALYZE, "- " + step + "\n      " + BEFORE_ANALYZE)).unkeyed())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"env:\n  A: ${{ vars.A }}\n", "defaults:\n  run: {shell: \"${{ vars.A }}\"}\n"})
  void valuesOfTheWholeWorkflowCountToo(String section) throws InvalidWorkflowException {
    String text = section + TEXT.replaceFirst("(?s)env:.*?(?=jobs:)", "");

    assertThat(recipe(text).unkeyed()).isPresent();
  }

  @Test
  void whatFollowsAnalyzeDoesNotMatterToIt() throws InvalidWorkflowException {
    assertThat(recipe(TEXT + "      - run: echo ${{ vars.A }}\n").unkeyed()).isEmpty();
  }

  private static Recipe recipe(String text) throws InvalidWorkflowException {
    return ((Declared) Workflows.find(text)).recipe();
  }
}
