package io.github.cachemesh.core.workflow;

import static io.github.cachemesh.core.workflow.Workflows.SCAN_IF;
import static io.github.cachemesh.core.workflow.Workflows.SHA;
import static io.github.cachemesh.core.workflow.Workflows.TEXT;
import static io.github.cachemesh.core.workflow.Workflows.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.core.workflow.GatedScan.Declared;
import io.github.cachemesh.core.workflow.GatedScan.Undeclared;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecipeTest {
  private static final String BEFORE_INIT = "- name: Initialise";
  private static final String BEFORE_ANALYZE = "- name: Analyze";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name: Prepare\n        run: a",
        "id: Prepare\n        run: b",
        "run: |\n          Prepare\n          c"
      })
  void stepBetweenOursAndInitIsUndeclaredSinceItMayChangeWhatWeSaw(String step)
      throws InvalidWorkflowException {
    assertUndeclared(
        with(BEFORE_INIT, "- " + step + "\n      " + BEFORE_INIT),
        "the step Prepare may change what our step has seen");
  }

  @Test
  void autobuildIsDeclared() throws InvalidWorkflowException {
    String autobuild = "- uses: github/codeql-action/autobuild@" + SHA + "\n        " + SCAN_IF;

    assertThat(recipe(with(BEFORE_ANALYZE, autobuild + "\n      " + BEFORE_ANALYZE)).text())
        .contains("codeql-action/autobuild@");
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
  void valuesThatTheKeyDoesNotHoldMayNotTakePartInABuild(String step)
      throws InvalidWorkflowException {
    assertUndeclared(
        with(BEFORE_ANALYZE, "- " + step + "\n      " + BEFORE_ANALYZE), "a build may depend on");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run: make ${{ matrix.language }}",
        "name: Of ${{ github.sha }}\n        run: make",
        "run: make\n        if: success() && steps.cache.outputs.should-skip-scan != 'true'",
        "uses: a/b@v1\n        with: {token: \"${{ github.token }}\"}"
      })
  void valuesThatTheKeyHoldsMay(String step) throws InvalidWorkflowException {
    assertThat(recipe(with(BEFORE_ANALYZE, "- " + step + "\n      " + BEFORE_ANALYZE)).text())
        .isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "'true'", "${{ vars.TRACED }}", "1.50"})
  void tracedBuildsMayNotDependOnValuesOfTheWholeJobEither(String traced)
      throws InvalidWorkflowException {
    String text =
        with("runs-on: ubuntu-24.04", "runs-on: ubuntu-24.04\n    env:\n      A: ${{ vars.A }}");

    assertUndeclared(
        text.replace("store-key:", "traced-builds: " + traced + "\n          store-key:"),
        "line 12: a build may depend on");
  }

  @ParameterizedTest
  @ValueSource(strings = {"traced-builds: false", "traced-builds: ''", "mode: skip"})
  void scansOfSourcesMayHaveSuchValues(String input) throws InvalidWorkflowException {
    String text =
        with("runs-on: ubuntu-24.04", "runs-on: ubuntu-24.04\n    env:\n      A: ${{ vars.A }}");

    assertThat(recipe(text.replace("store-key:", input + "\n          store-key:")).text())
        .contains("vars.A");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"env:\n  A: ${{ vars.A }}\n", "defaults:\n  run: {shell: \"${{ vars.A }}\"}\n"})
  void valuesOfTheWholeWorkflowCountToo(String section) throws InvalidWorkflowException {
    String text = section + TEXT.replaceFirst("(?s)env:.*?(?=jobs:)", "");

    assertUndeclared(
        text.replace(BEFORE_ANALYZE, "- run: make\n      " + BEFORE_ANALYZE),
        "a build may depend on");
  }

  @Test
  void whatFollowsAnalyzeDoesNotMatterToIt() throws InvalidWorkflowException {
    String text = with(BEFORE_ANALYZE, "- run: make\n      " + BEFORE_ANALYZE);

    assertThat(recipe(text + "      - run: echo ${{ vars.A }}\n").text()).contains("vars.A");
  }

  private static void assertUndeclared(String text, String why) throws InvalidWorkflowException {
    assertThat(Workflows.find(text))
        .isInstanceOfSatisfying(
            Undeclared.class, verdict -> assertThat(verdict.why()).contains(why));
  }

  private static Recipe recipe(String text) throws InvalidWorkflowException {
    return ((Declared) Workflows.find(text)).recipe();
  }
}
