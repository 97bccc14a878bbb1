package io.github.cachemesh.testkit.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.cachemesh.actions.ActionMetadata;
import io.github.cachemesh.actions.Phase;
import io.github.cachemesh.testkit.runner.StepResult.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Container actions of jobs on the runner's machine. */
@Tag("containers")
class ContainerActionTest {
  @RegisterExtension final ContainerBench bench = new ContainerBench();

  @TempDir Path root;
  private EmulatedRunner runner;

  @BeforeEach
  void installRunner() {
    runner = bench.runnerIn(root);
  }

  @Test
  void theRunnersFoldersAndTheSocketAreMountedAndNothingElse() throws Exception {
    String script =
        """
        grep -oE ' (/github|/var|/__)[^ ]* ' /proc/mounts | sort
        test -S /var/run/docker.sock
        for folder in runner_temp home workflow file_commands workspace; do
          touch /github/$folder/probe
        done
        """;
    JobResult result =
        runner.run(
            Job.named("build")
                .uses("s", bench.action(script), Map.of())
                .run("l", "sh", "-c", "cd \"$RUNNER_TEMP\"; ls probe */probe"));
    assertThat(result.step("s").log().lines().map(String::strip))
        .containsExactly(
            "/github/file_commands",
            "/github/home",
            "/github/runner_temp",
            "/github/workflow",
            "/github/workspace",
            "/var/run/docker.sock");
    assertThat(result.step("l").log().lines())
        .containsExactlyInAnyOrder(
            "probe", "_github_home/probe", "_github_workflow/probe", "_runner_file_commands/probe");
    assertThat(runner.folders().workspace().resolve("probe")).exists();
  }

  @Test
  void pathsOfTheRunnerAreThoseOfTheContainer() throws Exception {
    Map<String, String> env = envOf(Job.named("build"), Map.of());
    assertThat(env)
        .containsEntry("RUNNER_TEMP", "/github/runner_temp")
        .containsEntry("GITHUB_WORKSPACE", "/github/workspace")
        .containsEntry("GITHUB_EVENT_PATH", "/github/workflow/event.json")
        .containsEntry("HOME", "/github/home")
        .containsEntry("PWD", "/github/workspace")
        .containsEntry("INPUT_WORKSPACE", "/github/workspace");
    for (String file : List.of("ENV", "PATH", "OUTPUT", "STATE", "STEP_SUMMARY")) {
      assertThat(env.get("GITHUB_" + file)).startsWith("/github/file_commands/");
    }
  }

  @Test
  void otherPathsAndPathsWithinTextsStayTheHosts() throws Exception {
    RunnerFolders folders = runner.folders();
    Map<String, String> env =
        envOf(
            Job.named("build")
                .env("LIST", folders.temp() + ":/usr/bin")
                .run("e", "sh", "-c", "echo \"TEXT=in $RUNNER_TEMP\" >> \"$GITHUB_ENV\""),
            Map.of("label", "see ${{ runner.temp }}"));
    assertThat(env)
        .containsEntry("RUNNER_TOOL_CACHE", folders.toolCache().toString())
        .containsEntry("RUNNER_WORKSPACE", folders.runnerWorkspace().toString())
        .containsEntry("LIST", folders.temp() + ":/usr/bin")
        .containsEntry("TEXT", "in " + folders.temp())
        .containsEntry("INPUT_LABEL", "see " + folders.temp());
  }

  @Test
  void theEnvironmentIsTheRunnersAndTheImages() throws Exception {
    runner.hostEnv("SECRET_OF_HOST", "x");
    Map<String, String> env =
        envOf(
            Job.named("build")
                .env("EMPTY", "")
                .env("LINES", "one two")
                .actionEnv("ACTIONS_RUNTIME_TOKEN", "runtime-token")
                .secret("runtime-token")
                .allowSecretsIn("unmasked log of step 's'"),
            Map.of());
    assertThat(env)
        .containsEntry("ACTIONS_RUNTIME_TOKEN", "***")
        .containsEntry("EMPTY", "")
        .containsEntry("LINES", "one two")
        .containsEntry("LEVEL", "1.0")
        .containsEntry("CI", "true")
        .containsEntry("GITHUB_ACTIONS", "true")
        .doesNotContainKeys("SECRET_OF_HOST", "RUNNER_TRACKING_ID", "GITHUB_TOKEN");
  }

  @Test
  void argumentsArriveAsTheyAre() throws Exception {
    JobResult result = run(bench.action("printf '%s\\n' \"$@\""));
    assertThat(result.step("s").log()).isEqualTo(runner.folders().temp() + "\ntwo \"words\"\n");
  }

  @Test
  void whatMainHandsOverComesBackAndReachesPost() throws Exception {
    String main =
        """
        echo "greeting=hello" >> "$GITHUB_OUTPUT"
        echo "keptValue=from main" >> "$GITHUB_STATE"
        echo "EXPORTED=$1/gh" >> "$GITHUB_ENV"
        echo "# Done" >> "$GITHUB_STEP_SUMMARY"
        """;
    JobResult result =
        runner.run(
            Job.named("build")
                .uses("s", bench.action(main, "echo \"$STATE_keptValue\""), Map.of())
                .run("h", "sh", "-c", "echo $EXPORTED"));
    assertThat(result.step("s").outputs()).containsExactly(Map.entry("greeting", "hello"));
    assertThat(result.step("s").summary()).isEqualTo("# Done\n");
    assertThat(result.step("h").log()).isEqualTo(runner.folders().temp() + "/gh\n");
    assertThat(result.post("s").log()).isEqualTo("from main\n");
  }

  @Test
  void postRunsInAContainerOfItsOwnWhenMainFailed() throws Exception {
    String main = "hostname; exit 3";
    JobResult result = run(bench.action(main, "hostname; echo $LEVEL; echo \"$2\""));
    assertThat(result.step("s").outcome()).isEqualTo(Outcome.FAILURE);
    assertThat(result.step("s").exitCode()).isEqualTo(3);
    assertThat(result.post("s").log())
        .endsWith("\n1.0\ntwo \"words\"\n")
        .doesNotStartWith(result.step("s").log());
  }

  @Test
  void withoutContainersOfTheJobItIsOnTheDefaultBridge() throws Exception {
    JobResult result = run(bench.action(ContainerBench.PRINT_NETWORKS));
    assertThat(result.step("s").log()).isEqualTo("bridge\n");
  }

  @Test
  void itIsNamedAndLabelledAsTheRunnerDoes() throws Exception {
    String script =
        """
        curl -s --unix-socket /var/run/docker.sock "http://docker/containers/$(hostname)/json" |
          node -p 'c = JSON.parse(require("fs").readFileSync(0)); [c.Name].concat(Object.keys(c.Config.Labels)).join()'
        """;
    JobResult result = run(bench.action(script));
    assertThat(result.step("s").log().strip())
        .matches("/cachemeshjob[0-9a-f]{16}_[0-9a-f]{6}," + runner.folders().label());
  }

  @Test
  void theImageIsThatOfActionYml() throws Exception {
    String reference = bench.container().image();
    bench.docker().text("tag", reference, "testkit-scripts:v1");
    try {
      JobResult result =
          run(bench.action(ContainerActionLauncher.with(bench.docker()), "echo ran", "true"));
      assertThat(result.step("s").log()).isEqualTo("ran\n");
    } finally {
      bench.docker().text("rmi", "testkit-scripts:v1");
    }
  }

  @Test
  void anImageToBuildIsRefused() throws Exception {
    ActionMetadata.Runs runs =
        new ActionMetadata.Runs(
            "docker", "Dockerfile", null, null, "always()", List.of(), Map.of());
    EmulatedAction built =
        new EmulatedAction(
            new ActionMetadata("Built", "Has no image.", Map.of(), Map.of(), runs),
            ContainerActionLauncher.with(bench.docker()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> run(built))
        .withMessageContaining("image");
  }

  @Test
  void aTestMayLeaveOutTheSocket() throws Exception {
    ContainerActionLauncher launcher = bench.launcher().withoutSocket();
    JobResult result = run(bench.action(launcher, "ls /var/run/docker.sock", "true"));
    assertThat(result.step("s").log()).contains("No such file");
  }

  @Test
  void aTestMayMakeTempReadOnly() throws Exception {
    ContainerActionLauncher launcher = bench.launcher().withReadOnlyTemp();
    String script =
        "touch /github/home/a; echo a=b >> \"$GITHUB_OUTPUT\"; touch \"$RUNNER_TEMP/a\"";
    JobResult result = run(bench.action(launcher, script, "true"));
    assertThat(result.step("s").log()).contains("Read-only file system");
    assertThat(result.step("s").outputs()).containsEntry("a", "b");
  }

  @Test
  void valuesAreNotOnTheCommandLine() throws Exception {
    ActionLauncher.Launch launch =
        bench
            .launcher()
            .prepare(
                new ActionLauncher.Invocation(
                    bench.action("true").metadata(),
                    Phase.MAIN,
                    List.of(),
                    Map.of("INPUT_TOKEN", "ghs_secret"),
                    runner.folders(),
                    "github_1",
                    null));
    assertThat(launch.command()).contains("INPUT_TOKEN").doesNotContain("ghs_secret");
    assertThat(launch.env()).containsEntry("INPUT_TOKEN", "ghs_secret");
  }

  @Test
  void anActionThatTakesTooLongIsInterrupted() throws Exception {
    runner.stepTimeout(Duration.ofSeconds(2));
    String script = "trap 'echo interrupted; exit 0' INT; sleep 600 & wait";
    JobResult result = run(bench.action(script));
    assertThat(result.step("s").log()).endsWith("interrupted\n");
    assertThat(result.step("s").outcome()).isEqualTo(Outcome.FAILURE);
  }

  @Test
  void anActionThatIgnoresSignalsIsRemoved() throws Exception {
    runner.stepTimeout(Duration.ofSeconds(1));
    JobResult result = run(bench.action("trap '' INT TERM; sleep 600"));
    assertThat(result.step("s").exitCode()).isEqualTo(StepProcess.KILLED);
  }

  private JobResult run(EmulatedAction action) throws Exception {
    return runner.run(Job.named("build").uses("s", action, Map.of()));
  }

  /** What an action that comes last in the job sees. */
  private Map<String, String> envOf(Job job, Map<String, String> with) throws Exception {
    JobResult result = runner.run(job.uses("s", bench.action("env"), with));
    return result
        .step("s")
        .log()
        .lines()
        .map(line -> line.split("=", 2))
        .collect(Collectors.toMap(entry -> entry[0], entry -> entry[1]));
  }
}
