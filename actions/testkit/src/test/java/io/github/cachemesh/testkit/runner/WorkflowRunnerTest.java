package io.github.cachemesh.testkit.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.cachemesh.testkit.runner.StepResult.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@EnabledOnOs({OS.LINUX, OS.MAC})
class WorkflowRunnerTest {
  private static final String TOKEN = "ghs_0123456789abcdef";

  @TempDir Path root;
  private EmulatedRunner runner;
  private WorkflowRunner workflows;

  @BeforeEach
  void installRunner() {
    runner = EmulatedRunner.in(root.resolve("runner"));
    workflows =
        new WorkflowRunner(runner, JvmActionLauncher.ofThisJvm(ProbeAction.class.getName()));
  }

  @Test
  void outputsReachTheJobsThatNeedThem() throws Exception {
    WorkflowResult result =
        run(
            """
            jobs:
              make:
                outputs:
                  made: ${{ steps.make.outputs.made || 'nothing' }}
                  missed: ${{ steps.make.outputs.missed || 'nothing' }}
                steps:
                  - id: make
                    run: echo "made=a b" >>"$GITHUB_OUTPUT"
              use:
                needs: make
                if: needs.make.outputs.made == 'A B' && needs.make.result == 'success'
                steps:
                  - run: echo '${{ needs.make.outputs.made }}, ${{ needs.make.outputs.missed }}'
            """);

    assertThat(result.job("use").step("__run").log()).isEqualTo("a b, nothing\n");
    assertThat(result.succeeded()).isTrue();
  }

  @Test
  void aScriptEndsWithItsFirstCommandThatFails() throws Exception {
    WorkflowResult result =
        run(
            """
            name: Fails
            jobs:
              a:
                steps:
                  - env:
                      GREETING: ${{ github.workflow }}
                    run: |
                      false | echo "$GREETING"
                      false
                      echo unreachable
                  - run: echo skipped
                  - if: failure()
                    run: echo "at last"
            """);

    assertThat(result.job("a").step("__run").log()).isEqualTo("Fails\n");
    assertThat(result.job("a").steps())
        .extracting(StepResult::outcome)
        .containsExactly(Outcome.FAILURE, Outcome.SKIPPED, Outcome.SUCCESS);
    assertThat(result.succeeded()).isFalse();
  }

  @Test
  void aJobGoesByAllItsAncestors() throws Exception {
    WorkflowResult result =
        run(
            """
            jobs:
              fails: {steps: [{run: 'false'}]}
              skipped: {needs: fails, steps: []}
              cleans: {needs: skipped, if: failure(), steps: []}
              always: {needs: fails, if: always(), steps: []}
              after-always: {needs: always, steps: []}
              alone: {steps: []}
            """);

    assertThat(result.skipped()).containsExactly("skipped", "after-always");
    assertThat(result.outcome("fails")).isEqualTo(Outcome.FAILURE);
    assertThat(result.outcome("skipped")).isEqualTo(Outcome.SKIPPED);
    assertThat(result.outcome("cleans")).isEqualTo(Outcome.SUCCESS);
  }

  @Test
  void actionsOfTheRepositoryAreInTheWorkspace() throws Exception {
    Path folder = Files.createDirectories(runner.folders().workspace().resolve("tools/probe"));
    Files.copy(
        Path.of(ProbeAction.class.getResource("action.yml").toURI()), folder.resolve("action.yml"));

    WorkflowResult result =
        run(
            """
            jobs:
              a:
                steps:
                  - uses: ./tools/probe
                    with:
                      label: ${{ secrets.NONE || vars.LABEL }}
            """);

    assertThat(result.job("a").step("__self").log()).contains("main of blue\n");
    assertThat(result.job("a").post("__self").log()).contains("post of blue\n");
  }

  @Test
  void aJavaScriptActionRunsBesideTheCommands() throws Exception {
    Path action =
        Files.writeString(
            root.resolve("action.yml"),
            """
            name: Script
            description: Shows what it has.
            inputs:
              who:
                description: A name.
            runs:
              using: node20
              main: main.mjs
            """);
    Path main =
        Files.writeString(
            root.resolve("main.mjs"),
            """
            import { appendFileSync } from "node:fs";
            const { GITHUB_OUTPUT, INPUT_WHO, OF_HOST, HOME } = process.env;
            appendFileSync(GITHUB_OUTPUT, `seen=${INPUT_WHO} ${OF_HOST} ${HOME}\\n`);
            """);
    runner.hostEnv("OF_HOST", "host's");
    workflows.action("o/script@v1", EmulatedAction.of(action, new NodeActionLauncher(main)));

    WorkflowResult result =
        run("jobs: {a: {steps: [{id: s, uses: o/script@v1, with: {who: me}}]}}");

    assertThat(result.job("a").step("s").outputs())
        .containsExactly(Map.entry("seen", "me host's " + runner.folders().home()));
  }

  @Test
  void aJavaScriptActionMayHaveAPost() throws Exception {
    Path action =
        Files.writeString(
            root.resolve("action.yml"),
            """
            name: Script
            description: Tells its post something.
            runs:
              using: node24
              main: main.mjs
              post: post.mjs
            """);
    Path main =
        Files.writeString(
            root.resolve("main.mjs"),
            """
            import { appendFileSync } from "node:fs";
            appendFileSync(process.env.GITHUB_STATE, "told=by main\\n");
            """);
    Path post =
        Files.writeString(
            root.resolve("post.mjs"), "console.log(`post: ${process.env.STATE_told}`);");
    workflows.action("o/script@v1", EmulatedAction.of(action, new NodeActionLauncher(main, post)));

    WorkflowResult result = run("jobs: {a: {steps: [{id: s, uses: o/script@v1}]}}");

    assertThat(result.job("a").post("s").log()).isEqualTo("post: by main\n");
  }

  @Test
  void anActionMayRunInThisJvm() throws Exception {
    Path folder = Files.createDirectories(runner.folders().workspace().resolve("probe"));
    Files.copy(
        Path.of(ProbeAction.class.getResource("action.yml").toURI()), folder.resolve("action.yml"));
    Path file =
        Files.writeString(
            root.resolve("workflow.yml"),
            "jobs: {a: {steps: [{uses: ./probe, with: {label: x}}]}}");

    WorkflowResult result =
        new WorkflowRunner(runner, new ProgramLauncher(ProbeAction::new))
            .run(Workflow.read(file), job -> job.githubToken(TOKEN));

    assertThat(result.job("a").step("__self").log()).contains("main of x\n");
    assertThat(result.job("a").post("__self").log()).contains("post of x\n");
  }

  @Test
  void everyCombinationOfAMatrixIsAJobWithTheVariablesOfAll() throws Exception {
    WorkflowResult result =
        run(
            """
            env: {A: of-workflow, B: of-workflow}
            jobs:
              a:
                strategy: {fail-fast: false, matrix: {include: [{language: go}, {language: ruby}]}}
                env: {B: 'of ${{ matrix.language }}'}
                steps: [{id: s, run: 'echo "$A $B"'}]
            """);

    assertThat(result.jobs())
        .extracting(job -> job.step("s").log())
        .containsExactly("of-workflow of go\n", "of-workflow of ruby\n");
  }

  @Test
  void anIdleActionTakesAnyInput() throws Exception {
    workflows.idle("actions/checkout@v5");

    WorkflowResult result =
        run("jobs: {a: {steps: [{uses: actions/checkout@v5, with: {fetch-depth: 1}}]}}");

    assertThat(result.job("a").step("__actions_checkout").succeeded()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          {jobs: {a: {steps: [{uses: actions/checkout@v4}]}}}          ~ 'actions/checkout@v4'
          {jobs: {a: {steps: [{run: 'echo ${{ steps.b.outputs.c }}'}]}}} ~ steps.b.outputs.c
          {jobs: {a: {if: needs.b.result, steps: []}}}                 ~ needs.b.result
          """)
  void whatIsNotKnownIsNamed(String yaml, String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> run(yaml)).withMessageContaining(name);
  }

  private WorkflowResult run(String yaml) throws IOException, InterruptedException {
    Path file = Files.writeString(root.resolve("workflow.yml"), yaml);
    return workflows.run(
        Workflow.read(file), job -> job.githubToken(TOKEN).variable("LABEL", "blue"));
  }
}
