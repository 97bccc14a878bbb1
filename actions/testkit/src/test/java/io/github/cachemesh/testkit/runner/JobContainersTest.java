package io.github.cachemesh.testkit.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Jobs with {@code container:} and {@code services:}. */
@Tag("containers")
class JobContainersTest {
  private static final String ASK_WEB = "curl -sS --retry 9 --retry-connrefused http://web:8080";

  @RegisterExtension final ContainerBench bench = new ContainerBench();

  @TempDir Path root;
  private EmulatedRunner runner;

  @BeforeEach
  void installRunner() {
    runner = bench.runnerIn(root);
  }

  @Test
  void stepsSeeTheContainersPaths() throws Exception {
    String script =
        "echo $RUNNER_TEMP $GITHUB_WORKSPACE $RUNNER_WORKSPACE $RUNNER_TOOL_CACHE"
            + " $GITHUB_EVENT_PATH $HOME; pwd; dirname $GITHUB_ENV; test -f $GITHUB_EVENT_PATH";
    JobResult result = runner.run(inContainer().run("s", "sh", "-ec", script));
    assertThat(result.step("s").log())
        .isEqualTo(
            """
            /__w/_temp /__w/repo/repo /__w/repo /__t /github/workflow/event.json /github/home
            /__w/repo/repo
            /__w/_temp/_runner_file_commands
            """);
  }

  @Test
  void theRunnersFoldersAreMounted() throws Exception {
    String script =
        "grep -oE ' (/github|/__.|/var)[^ ]* ' /proc/mounts | sort; test -S /var/run/docker.sock";
    JobResult result = runner.run(inContainer().run("s", "sh", "-ec", script));
    assertThat(result.step("s").log().lines().map(String::strip))
        .containsExactly(
            "/__e",
            "/__t",
            "/__w",
            "/__w/_actions",
            "/__w/_temp",
            "/github/home",
            "/github/workflow",
            "/var/run/docker.sock");
  }

  @Test
  void stepsHandOverWhatTheySet() throws Exception {
    String script =
        "echo WORD=plain >> $GITHUB_ENV; echo PLACE=$1 >> $GITHUB_ENV;"
            + " echo out=put >> $GITHUB_OUTPUT; echo /opt/tool >> $GITHUB_PATH";
    JobResult result =
        runner.run(
            inContainer()
                .run("s", "sh", "-c", script, "sh", "${{ runner.temp }}/gh")
                .run("t", "sh", "-c", "echo $WORD $PLACE; echo $PATH")
                .uses("a", bench.action("echo $PLACE; echo ${PATH%%:*}"), Map.of()));
    assertThat(result.step("s").outputs()).containsExactly(Map.entry("out", "put"));
    // An exported host path becomes the container's, as any value that is a mapped path.
    assertThat(result.step("t").log())
        .startsWith("plain /__w/_temp/gh\n/opt/tool:/usr/local/sbin:");
    assertThat(result.step("a").log()).isEqualTo("/github/runner_temp/gh\n/usr/local/sbin\n");
  }

  @Test
  void stepsAndActionsShareTempAndNetwork() throws Exception {
    String action = "echo from action > $RUNNER_TEMP/file; " + ContainerBench.PRINT_NETWORKS;
    JobResult result =
        runner.run(
            inContainer()
                .uses("a", bench.action(action), Map.of())
                .run("s", "bash", "-c", "cat $RUNNER_TEMP/file; " + ContainerBench.PRINT_NETWORKS)
                .run("n", "echo", "${{ job.container.network }}"));
    String network = result.step("n").log().strip();
    assertThat(network).matches("github_network_[0-9a-f]{32}");
    assertThat(result.step("a").log().strip()).isEqualTo(network);
    assertThat(result.step("s").log()).isEqualTo("from action\n" + network + "\n");
  }

  @Test
  void theContainerHasItsUserAndEnvironment() throws Exception {
    JobContainer container = bench.container().withUser("1001").withEnv("COLOUR", "blue");
    JobResult result =
        runner.run(
            Job.named("build").container(container).run("s", "sh", "-c", "id -u; echo $COLOUR"));
    assertThat(result.step("s").log()).isEqualTo("1001\nblue\n");
  }

  @Test
  void aServiceIsReachedByNameAlsoByAPost() throws Exception {
    JobResult result =
        runner.run(
            Job.named("build")
                .container(bench.container())
                .service("web", bench.server())
                .uses("a", bench.action(ASK_WEB, ASK_WEB), Map.of())
                .run("s", "sh", "-c", ASK_WEB));
    assertThat(result.step("a").log()).isEqualTo("served\n");
    assertThat(result.step("s").log()).isEqualTo("served\n");
    assertThat(result.post("a").log()).isEqualTo("served\n");
  }

  @Test
  void withServicesAloneStepsAreOnTheHost() throws Exception {
    JobResult result =
        runner.run(
            Job.named("build")
                .service("web", bench.server())
                .uses("a", bench.action(ContainerBench.PRINT_NETWORKS), Map.of())
                .run("s", "sh", "-c", "echo $RUNNER_TEMP")
                .run("n", "echo", "${{ job.services.web.network }}"));
    assertThat(result.step("a").log()).isEqualTo(result.step("n").log());
    assertThat(result.step("s").log()).isEqualTo(runner.folders().temp() + "\n");
  }

  @Test
  void allOfAJobHasTheRunnersLabel() throws Exception {
    String count = " --quiet --filter label=" + label() + " | wc -l; ";
    String script = docker() + " ps" + count + docker() + " network ls" + count;
    JobResult result =
        runner.run(Job.named("build").service("web", bench.server()).run("s", "sh", "-c", script));
    assertThat(result.step("s").log()).isEqualTo("1\n1\n");
  }

  @Test
  void stepsWaitForAHealthyService() throws Exception {
    JobContainer slow =
        bench
            .container()
            .withOptions("--health-cmd", "test -f /tmp/up", "--health-interval", "500ms")
            .withCommand("sh", "-c", "sleep 1; touch /tmp/up; sleep 600");
    String healthy =
        docker() + " inspect --format '{{.State.Health.Status}}' ${{ job.services.slow.id }}";
    JobResult result =
        runner.run(Job.named("build").service("slow", slow).run("s", "sh", "-c", healthy));
    assertThat(result.step("s").log()).isEqualTo("healthy\n");
  }

  @Test
  void anUnhealthyServiceFailsTheJob() {
    JobContainer sick =
        bench
            .container()
            .withOptions("--health-cmd", "false", "--health-interval", "100ms")
            .withOptions("--health-retries", "1")
            .withCommand("sh", "-c", "echo I am unwell; sleep 600");
    Job job = Job.named("build").service("sick", sick).run("s", "true");
    assertThatIllegalStateException()
        .isThrownBy(() -> runner.run(job))
        .withMessageContainingAll("'sick' is unhealthy", "I am unwell");
  }

  @Test
  void aServiceThatCannotStartFailsTheJob() {
    Job job = Job.named("build").service("web", bench.container().withCommand("no-such-program"));
    assertThatIllegalStateException()
        .isThrownBy(() -> runner.run(job))
        .withMessageContaining("no-such-program");
  }

  @Test
  void aContainerThatStaysOnTheJobsNetworkIsReported() throws Exception {
    String stay =
        docker()
            + " run --detach --name testkit-stays --network ${{ job.services.web.network }} "
            + bench.container().image()
            + " sleep 600";
    Job job = Job.named("build").service("web", bench.server()).run("s", "sh", "-c", stay);
    try {
      assertThatIllegalStateException()
          .isThrownBy(() -> runner.run(job))
          .withMessageContaining("active endpoints");
    } finally {
      bench.docker().text("rm", "--force", "testkit-stays");
      bench.docker().text("network", "prune", "--force", "--filter", "label=" + label());
    }
  }

  @Test
  void whatAnAbortedJobLeftIsRemovedByItsLabel() throws Exception {
    String image = bench.container().image();
    bench.docker().text("create", "--name", "testkit-stale", "--label", label(), image);
    bench.docker().text("network", "create", "--label", label(), "testkit-stale");
    JobResult result = runner.run(inContainer().run("s", "sh", "-c", "echo ran"));
    assertThat(result.succeeded()).isTrue();
  }

  @Test
  void aJobsContainerTakesNoCommand() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Job.named("build").container(bench.server()))
        .withMessageContaining("command");
  }

  private Job inContainer() {
    return Job.named("build").container(bench.container());
  }

  private String docker() {
    return bench.docker().command(List.of()).getFirst();
  }

  private String label() {
    return runner.folders().label();
  }
}
