package io.github.cachemesh.testkit.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.cachemesh.testkit.runner.StepResult.Level;
import io.github.cachemesh.testkit.runner.StepResult.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@EnabledOnOs({OS.LINUX, OS.MAC})
class EmulatedRunnerTest {
  private static final String TOKEN = "ghs_0123456789abcdef";

  @TempDir Path root;
  private EmulatedRunner runner;
  private EmulatedAction probe;

  @BeforeEach
  void installRunner() throws Exception {
    runner = EmulatedRunner.in(root);
    probe =
        EmulatedAction.of(
            Path.of(ProbeAction.class.getResource("action.yml").toURI()),
            JvmActionLauncher.ofThisJvm(ProbeAction.class.getName()));
  }

  @Test
  void anActionRunsInMainAndPost() throws Exception {
    JobResult result = runner.run(job().uses("probe", probe, Map.of("label", "one")));

    StepResult main = result.step("probe");
    assertThat(main.log())
        .contains("main of one\n")
        .contains("arguments [" + runner.folders().temp() + ", one]\n")
        .contains("level 1.0\n");
    assertThat(main.outputs()).containsExactly(Map.entry("greeting", "hello\none"));
    assertThat(main.summary()).isEqualTo("| a |\n| --- |\n| 1 |\n\n");
    assertThat(result.post("probe").log()).isEqualTo("post of one\nlabel again one\n");
    assertThat(result.env()).containsExactly(Map.entry("PROBE", "one"));
    assertThat(result.succeeded()).isTrue();
  }

  @Test
  void defaultsAreEvaluated() throws Exception {
    JobResult result = runner.run(job().uses("probe", probe, Map.of()));
    assertThat(result.step("probe").log()).contains("main of Linux\n");
  }

  @Test
  void laterStepsSeeWhatEarlierOnesExported() throws Exception {
    JobResult result =
        runner.run(
            job()
                .run("first", "sh", "-c", "echo FROM_HOST=yes >> \"$GITHUB_ENV\"")
                .uses("probe", probe, Map.of("label", "tools"))
                .run("last", "sh", "-c", "echo $PROBE; echo $PATH; echo $GREETING; echo $HOME")
                .run(
                    "outputs",
                    Condition.SUCCESS,
                    Map.of("GREETING", "${{ steps.probe.outputs.greeting }}"),
                    "sh",
                    "-c",
                    "echo \"$GREETING\""));
    assertThat(result.step("probe").log()).contains("exported yes\n");
    assertThat(result.step("last").log())
        .startsWith("tools\n/opt/tools:/")
        .endsWith("\n" + runner.folders().home() + "\n");
    assertThat(result.step("outputs").log()).isEqualTo("hello\ntools\n");
    assertThat(result.path()).containsExactly("/opt/tools");
  }

  @Test
  void postsRunInReverseOrderAlsoAfterAFailure() throws Exception {
    JobResult result =
        runner.run(
            job()
                .uses("a", probe, Map.of("label", "a"))
                .uses("b", probe, Map.of("label", "b", "behaviour", "fail"))
                .uses("c", probe, Map.of("label", "c"))
                .run("always", Condition.ALWAYS, Map.of(), "true"));
    assertThat(result.steps().stream().map(EmulatedRunnerTest::headline))
        .containsExactly(
            "a main SUCCESS",
            "b main FAILURE",
            "c main SKIPPED",
            "always main SUCCESS",
            "b post SUCCESS",
            "a post SUCCESS");
    assertThat(result.step("b").messages(Level.ERROR))
        .containsExactly("Asked to fail.\nAsk otherwise.");
    assertThat(result.post("b").log()).contains("post of b\n");
    assertThat(result.succeeded()).isFalse();
  }

  @Test
  void underActPostGetsNoStateAndNoDefaults() throws Exception {
    JobResult result = runner.flavour(Flavour.ACT).run(job().uses("probe", probe, Map.of()));
    // The toolkit carries the state through the job's environment instead.
    assertThat(result.post("probe").log()).isEqualTo("post of Linux\nlabel again -\n");
  }

  @Test
  void debugLoggingTellsWhatStepsHandOver() throws Exception {
    String script = "echo A=1 >>$GITHUB_ENV; echo B=2 >>$GITHUB_OUTPUT; echo C=3 >>$GITHUB_STATE";
    JobResult result = runner.debug(true).run(job().run("hand", "sh", "-c", script));
    assertThat(result.step("hand").log())
        .contains("##[debug]A='1'", "##[debug]Set output B = 2")
        .contains("##[debug]Save intra-action state C = 3");
  }

  @Test
  void aMarkerIsFoundWithoutBeingMasked() {
    String export = "echo KEEP=marker-1 >>$GITHUB_ENV; echo LOSE=marker-2 >>$GITHUB_ENV";
    Job leaking =
        job()
            .marker("marker-1")
            .marker("marker-2")
            .allowSecretsIn("variable 'KEEP' of step 'a'")
            .run("a", "sh", "-c", export);
    assertThatExceptionOfType(SecretLeakException.class)
        .isThrownBy(() -> runner.run(leaking))
        .withMessageContaining("variable 'LOSE' of step 'a'")
        .withMessageNotContaining("KEEP");
  }

  @Test
  void tempIsEmptiedForEachJobAndTheToolCacheKept() throws Exception {
    Job writer = job().run("w", "sh", "-c", "touch \"$RUNNER_TEMP/t\" \"$RUNNER_TOOL_CACHE/c\"");
    runner.run(writer);
    assertThat(runner.folders().temp()).isEmptyDirectory();
    JobResult second =
        runner.run(job().run("l", "sh", "-c", "ls \"$RUNNER_TEMP\" \"$RUNNER_TOOL_CACHE\""));
    assertThat(second.step("l").log()).contains("\nc\n").doesNotContain("\nt\n");
  }

  @ParameterizedTest
  @CsvSource({
    "GITHUB_ENV, 'broken', Invalid format",
    "GITHUB_OUTPUT, 'a<<E', Matching delimiter not found",
    "GITHUB_STATE, '=x', Invalid format",
  })
  void aMalformedFileFailsTheStep(String file, String text, String problem) throws Exception {
    JobResult result =
        runner.run(job().run("s", "sh", "-c", "printf '" + text + "\\n' >> \"$" + file + "\""));
    assertThat(result.step("s").outcome()).isEqualTo(Outcome.FAILURE);
    assertThat(result.step("s").exitCode()).isZero();
    assertThat(result.step("s").messages(Level.ERROR)).singleElement().asString().contains(problem);
  }

  @Test
  void nodeOptionsAreBlockedAndContextVariablesOverwritten() throws Exception {
    JobResult result =
        runner.run(
            job()
                .run(
                    "set",
                    "sh",
                    "-c",
                    "printf 'node_options=-x\\nGITHUB_API_URL=http://e\\nRUNNER_OS=x\\n'"
                        + " >> \"$GITHUB_ENV\"")
                .run("get", "sh", "-c", "echo $node_options $GITHUB_API_URL $RUNNER_OS"));
    assertThat(result.step("set").messages(Level.ERROR)).singleElement();
    assertThat(result.step("set").succeeded()).isTrue();
    assertThat(result.step("get").log()).isEqualTo("https://api.github.com Linux\n");
  }

  @Test
  void commandsAreCarriedOutAndMaskedInTheLog() throws Exception {
    JobResult result =
        runner.run(
            job()
                .run(
                    "c",
                    "sh",
                    "-c",
                    "echo '::add-mask::hush-hush'; echo 'say hush-hush';"
                        + " echo '::warning file=a.yml,line=2::about hush-hush';"
                        + " echo '::stop-commands::resume-1'; echo '::error::not one';"
                        + " echo '::resume-1::'; echo '::debug::unseen' >&2"));
    assertThat(result.step("c").log())
        .isEqualTo(
            """
            say ***
            ##[warning]about ***
            ::error::not one
            ::resume-1::
            """);
    assertThat(result.step("c").issues())
        .containsExactly(
            new StepResult.Issue(Level.WARNING, "about ***", Map.of("file", "a.yml", "line", "2")));
  }

  @Test
  void theOldCommandsFailTheStep() throws Exception {
    JobResult result = runner.run(job().run("old", "echo", "::set-output name=a::b"));
    assertThat(result.step("old").outcome()).isEqualTo(Outcome.FAILURE);
  }

  @Test
  void aSummaryAboveTheBoundIsDropped() throws Exception {
    JobResult result =
        runner.run(
            job()
                .run(
                    "s",
                    "sh",
                    "-c",
                    "head -c 1048577 /dev/zero | tr '\\0' x >> \"$GITHUB_STEP_SUMMARY\""));
    assertThat(result.step("s").summary()).isEmpty();
    assertThat(result.step("s").messages(Level.ERROR)).singleElement().asString().contains("1024k");
  }

  @Test
  void aStepThatTakesTooLongIsKilled() throws Exception {
    JobResult result =
        runner.stepTimeout(Duration.ofMillis(200)).run(job().run("s", "sleep", "600"));
    assertThat(result.step("s").outcome()).isEqualTo(Outcome.FAILURE);
    assertThat(result.step("s").exitCode()).isEqualTo(StepProcess.KILLED);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aProcessLeftBehindIsKilled() throws Exception {
    JobResult result =
        runner.run(job().run("s", "sh", "-c", "sleep 600 >/dev/null 2>&1 & echo $!"));
    long pid = Long.parseLong(result.step("s").log().strip());
    assertThat(result.killed()).containsExactly(pid);
    assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aProcessWithoutTheTrackingVariableOutlivesTheJob() throws Exception {
    JobResult result =
        runner.run(
            job()
                .run(
                    "s",
                    "sh",
                    "-c",
                    "env -u RUNNER_TRACKING_ID sleep 600 >/dev/null 2>&1 & echo $!;"
                        // Until then it is a copy of the shell, with the shell's variables.
                        + " while grep -q RUNNER_TRACKING_ID /proc/$!/environ;"
                        + " do sleep 0.01; done"));
    Optional<ProcessHandle> survivor =
        ProcessHandle.of(Long.parseLong(result.step("s").log().strip()));
    boolean alive = survivor.filter(ProcessHandle::isAlive).isPresent();
    survivor.ifPresent(ProcessHandle::destroyForcibly);
    assertThat(alive).isTrue();
    assertThat(result.killed()).isEmpty();
  }

  @Test
  void theHostsEnvironmentIsNotTheActions() throws Exception {
    List<Map<String, String>> seen = new ArrayList<>();
    EmulatedAction recording =
        new EmulatedAction(
            probe.metadata(),
            invocation -> {
              seen.add(invocation.env());
              return new ActionLauncher.Launch(
                  List.of("true"), Map.of(), invocation.folders().workspace());
            });
    runner.hostEnv("SECRET_OF_HOST", "x").run(job().uses("r", recording, Map.of()));
    assertThat(seen)
        .hasSize(2)
        .allSatisfy(
            env ->
                assertThat(env)
                    .doesNotContainKeys("SECRET_OF_HOST", "GITHUB_TOKEN", "PATH")
                    .containsEntry("INPUT_TOKEN", TOKEN)
                    .containsEntry("HOME", runner.folders().actionHome().toString())
                    .containsEntry("RUNNER_ENVIRONMENT", "github-hosted"));
  }

  @ParameterizedTest
  @CsvSource({
    "leak-later-masked, log of step 'p'",
    "leak-later-masked, unmasked log of step 'p'",
    "leak-output, output 'token' of step 'p'",
    "leak-state, state 'token' of step 'p'",
    "leak-summary, summary of step 'p'",
  })
  void aLeakFailsTheJobAndIsPlaced(String behaviour, String place) {
    assertThatExceptionOfType(SecretLeakException.class)
        .isThrownBy(() -> runner.run(job().uses("p", probe, Map.of("behaviour", behaviour))))
        .withMessageContaining(place)
        .withMessageNotContaining(TOKEN)
        .satisfies(leak -> assertThat(leak.places()).contains(place))
        .satisfies(leak -> assertThat(leak.result().step("p").succeeded()).isTrue());
  }

  @Test
  void aSecretInAFileIsALeakAlsoInBase64() {
    Job job =
        job()
            .secret("s3cret-value")
            .run("w", "sh", "-c", "printf 's3cret-value' | base64 > \"$RUNNER_TEMP/f\"")
            .searchForSecrets(runner.folders().temp());
    assertThatExceptionOfType(SecretLeakException.class)
        .isThrownBy(() -> runner.run(job))
        .withMessageContaining("file " + runner.folders().temp().resolve("f"));
  }

  @Test
  void aPlaceThatMayHoldSecretsIsNoLeak() throws Exception {
    JobResult result =
        runner.run(
            job()
                .uses("p", probe, Map.of("behaviour", "leak-output"))
                .allowSecretsIn("output 'token' of step 'p'"));
    assertThat(result.step("p").outputs()).containsEntry("token", TOKEN);
  }

  @Test
  void aHostStepMayPrintWhatTheRunnerHides() throws Exception {
    JobResult result = runner.run(job().run("curl", "echo", "using " + TOKEN));
    assertThat(result.step("curl").log()).isEqualTo("using ***\n");
  }

  @Test
  void anUnknownExpressionIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> runner.run(job().run("s", "echo", "${{ github.moon }}")))
        .withMessageContaining("github.moon");
  }

  @Test
  void anUndeclaredInputIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> runner.run(job().uses("p", probe, Map.of("labell", "x"))))
        .withMessageContaining("labell");
  }

  @Test
  void theEchoIsMasked() throws Exception {
    List<String> lines = new ArrayList<>();
    runner.echo(lines::add).run(job().run("s", "echo", TOKEN));
    assertThat(lines).containsExactly("***");
  }

  private static Job job() {
    return Job.named("build").githubToken(TOKEN);
  }

  private static String headline(StepResult step) {
    return step.id() + " " + step.phase().argument() + " " + step.outcome();
  }
}
