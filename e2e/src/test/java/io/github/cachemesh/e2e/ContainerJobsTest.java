package io.github.cachemesh.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.testkit.github.Token;
import io.github.cachemesh.testkit.runner.Job;
import io.github.cachemesh.testkit.runner.JobResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import tools.jackson.databind.JsonNode;

/** Two jobs with different tokens on one self-hosted runner with images, and their facts. */
@Tag("containers")
@TestInstance(Lifecycle.PER_CLASS)
class ContainerJobsTest {
  private ContainerRunner bench;
  private JobResult first;
  private JobResult second;
  private JsonNode node;
  private String nodeOfSecond;
  private List<Path> tempAfterwards;
  private List<String> nodesLeft;

  @BeforeAll
  void runJobs() throws Exception {
    bench = new ContainerRunner();
    first = bench.runner().run(asking("first", ContainerRunner.FIRST));
    node = bench.docker().inspect(bench.onlyNode());
    second = bench.runner().run(asking("second", ContainerRunner.SECOND));
    nodeOfSecond = bench.onlyNode();
    try (var files = Files.list(bench.temp())) {
      tempAfterwards = files.toList();
    }
    bench.awaitNoNode();
    nodesLeft = bench.nodes();
  }

  private Job asking(String name, Token token) throws Exception {
    Job job = bench.job(name, token, 20);
    return bench.curlInAction(ContainerRunner.curl(ContainerRunner.gh(job, token), token), token);
  }

  @AfterAll
  void end() throws Exception {
    bench.close();
  }

  @Test
  void everyClientGetsTheAnswer() {
    for (JobResult job : List.of(first, second)) {
      assertThat(job.succeeded()).as(job.log()).isTrue();
      assertThat(job.steps()).allSatisfy(step -> assertThat(step.issues()).isEmpty());
      assertThat(job.step("gh").log()).contains(ContainerRunner.REPOSITORY);
      assertThat(job.step("curl").log()).contains(ContainerRunner.REPOSITORY);
      assertThat(job.step("in-action").log()).contains(ContainerRunner.REPOSITORY);
    }
  }

  @Test
  void secondJobAttachesToTheNodeOfTheFirst() {
    assertThat(nodeOfSecond).isEqualTo(node.path("Id").asString());
    assertThat(first.step("cache").log()).contains("started node");
    assertThat(second.step("cache").log()).contains("joined node");
  }

  @Test
  void secondTokenIsChargedNothing() {
    assertThat(bench.github().ledger().pointsCharged("first")).isPositive();
    assertThat(bench.github().ledger().pointsCharged("second")).isZero();
    assertThat(bench.github().ledger().requests(entry -> entry.token().equals("second")))
        .isNotEmpty();
  }

  @Test
  void savingsOfEachJobAreShown() {
    assertThat(second.post("cache").log()).containsPattern("Requests +3\\n");
    assertThat(second.post("cache").summary()).contains("| Rate-limit points charged | 0 |");
  }

  @Test
  void nodeHasNoRightsButThoseOfTheRunnersUser() {
    JsonNode host = node.path("HostConfig");

    assertThat(node.path("Config").path("User").asString()).isEqualTo("61001:61001");
    assertThat(host.path("CapDrop").toString()).isEqualTo("[\"ALL\"]");
    assertThat(host.path("SecurityOpt").toString()).contains("no-new-privileges");
    assertThat(host.path("ReadonlyRootfs").asBoolean()).isTrue();
    assertThat(host.path("Init").asBoolean()).isTrue();
    assertThat(host.path("NetworkMode").asString()).isEqualTo("host");
    assertThat(host.path("Memory").asLong()).isPositive();
    assertThat(node.path("Mounts").valueStream().map(mount -> mount.path("Destination").asString()))
        .containsExactlyInAnyOrder("/job", "/cache");
    assertThat(node.path("Config").path("Env").toString()).doesNotContain("ghs_", "INPUT_");
  }

  @Test
  void nothingIsLeftButTheVolume() throws Exception {
    assertThat(nodesLeft).isEmpty();
    assertThat(tempAfterwards).isEmpty();
    assertThat(bench.docker().lines("volume", "ls", "--quiet"))
        .contains("cachemesh-github-cache-61001");
  }
}
