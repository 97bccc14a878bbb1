package io.github.cachemesh.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.testkit.runner.ContainerActionLauncher;
import io.github.cachemesh.testkit.runner.EmulatedAction;
import io.github.cachemesh.testkit.runner.Job;
import io.github.cachemesh.testkit.runner.JobResult;
import io.github.cachemesh.testkit.runner.StepResult.Level;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Jobs of every shape that the runner gives them, on real Docker. */
@Tag("containers")
class ContainerShapesTest {
  private ContainerRunner bench;

  @BeforeEach
  void start() throws Exception {
    bench = new ContainerRunner();
  }

  @AfterEach
  void end() throws Exception {
    bench.close();
  }

  @Test
  void stepsInAContainerUseTheSocketAndTheGateway() throws Exception {
    JobResult result = bench.runner().run(asking("in-container").container(bench.container()));

    assertServed(result);
    assertThat(result.step("cache").outputs().get("socket-path"))
        .isEqualTo("/__w/_temp/cachemesh/api.sock");
    assertThat(result.step("cache").outputs().get("api-url"))
        .isEqualTo(result.step("cache").outputs().get("container-api-url"))
        .doesNotContain("127.0.0.1");
    bench.awaitNoNode();
  }

  @Test
  void stepsBesideServicesAreOnTheHost() throws Exception {
    JobResult result =
        bench
            .runner()
            .run(
                asking("services")
                    .service("idle", bench.container().withCommand("tail", "-f", "/dev/null")));

    assertServed(result);
    assertThat(result.step("cache").outputs().get("api-url")).contains("127.0.0.1");
  }

  @Test
  void stepsOfAnotherUserUseTheBaseUrlAndGhIsLeftAlone() throws Exception {
    Job job =
        ContainerRunner.curl(
            bench.job("other-user", ContainerRunner.FIRST, 1), ContainerRunner.FIRST);

    JobResult result = bench.runner().run(job.container(bench.container().withUser("4711")));

    assertThat(result.succeeded()).as(result.log()).isTrue();
    assertThat(result.step("cache").messages(Level.WARNING))
        .singleElement()
        .asString()
        .contains("gh does not use the API cache", "user '4711'", "user 61001's");
    assertThat(result.env()).doesNotContainKey("GH_CONFIG_DIR");
  }

  @Test
  void nodeThatWasKilledIsReplaced() throws Exception {
    var _ = bench.runner().run(bench.job("first", ContainerRunner.FIRST, 60));
    String killed = bench.onlyNode();
    var _ = bench.docker().text("kill", killed);

    JobResult result = bench.runner().run(asking("second"));

    assertServed(result);
    assertThat(result.step("cache").log()).contains("started node");
  }

  @Test
  void nodeThatCrashesUnderAJobComesBackInItsContainer() throws Exception {
    // Processes in containers are the host's as well, and the node is one of the runner's user.
    String crash = "kill -9 $(pgrep --full '[c]li.Main serve')";
    Job job = bench.job("crash", ContainerRunner.FIRST, 1);
    job.run("crash", "sh", "-c", crash);
    job.run(
        "gone",
        "timeout",
        "60",
        "sh",
        "-c",
        "until grep -q \"socket: ''\" $GH_CONFIG_DIR/config.yml; do sleep 0.1; done");
    job.run(
        "back",
        "timeout",
        "60",
        "sh",
        "-c",
        "until grep -q api.sock $GH_CONFIG_DIR/config.yml; do sleep 0.1; done");
    JobResult result =
        bench
            .runner()
            .run(
                bench.curlInAction(
                    ContainerRunner.curl(
                        ContainerRunner.gh(job, ContainerRunner.FIRST), ContainerRunner.FIRST),
                    ContainerRunner.FIRST));

    assertServed(result);
  }

  @Test
  void nodeWithOtherSettingsStaysForNobody() throws Exception {
    var _ = bench.runner().run(bench.job("old", ContainerRunner.FIRST, 2));
    String old = bench.onlyNode();

    JobResult result = bench.runner().run(bench.job("new", ContainerRunner.FIRST, 3));

    assertThat(result.succeeded()).isTrue();
    bench.awaitNoNode();
    assertThat(bench.nodes()).doesNotContain(old);
  }

  @Test
  void withoutASocketTheJobGoesStraightToGitHub() throws Exception {
    assertFallback(bench.launcher().withoutSocket(), "no Docker socket");
  }

  @Test
  void withAReadOnlyTemporaryFolderTheJobGoesStraightToGitHub() throws Exception {
    assertFallback(bench.launcher().withReadOnlyTemp(), "Read-only file system");
  }

  private void assertFallback(ContainerActionLauncher launcher, String reason) throws Exception {
    EmulatedAction action = bench.action(launcher);

    JobResult result = bench.runner().run(Job.named("fallback").uses("cache", action, Map.of()));

    assertThat(result.succeeded()).as(result.log()).isTrue();
    assertThat(result.step("cache").outputs())
        .containsEntry("cache-status", "fallback")
        .containsEntry("api-url", "https://api.github.com");
    assertThat(result.step("cache").messages(Level.WARNING))
        .singleElement()
        .asString()
        .contains(reason, "node-url");
    assertThat(bench.nodes()).isEmpty();
  }

  private Job asking(String name) throws Exception {
    return bench.curlInAction(
        ContainerRunner.curl(
            ContainerRunner.gh(bench.job(name, ContainerRunner.FIRST, 1), ContainerRunner.FIRST),
            ContainerRunner.FIRST),
        ContainerRunner.FIRST);
  }

  private static void assertServed(JobResult result) {
    assertThat(result.succeeded()).as(result.log()).isTrue();
    assertThat(result.steps()).allSatisfy(step -> assertThat(step.issues()).isEmpty());
    for (String step : new String[] {"gh", "curl", "in-action"}) {
      assertThat(result.step(step).log()).contains(ContainerRunner.REPOSITORY);
    }
  }
}
