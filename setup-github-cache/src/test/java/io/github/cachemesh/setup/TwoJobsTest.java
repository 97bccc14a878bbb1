package io.github.cachemesh.setup;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.core.node.NodeState;
import io.github.cachemesh.core.stats.StatisticsReport;
import io.github.cachemesh.testkit.runner.Condition;
import io.github.cachemesh.testkit.runner.Flavour;
import io.github.cachemesh.testkit.runner.Job;
import io.github.cachemesh.testkit.runner.JobResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two jobs with different tokens, one after the other on one self-hosted runner, and their facts.
 */
@TestInstance(Lifecycle.PER_CLASS)
class TwoJobsTest {
  private static final String FETCH =
      "curl -sS --fail --max-time 20 --unix-socket \"$1\" -H \"Authorization: Bearer $TOKEN\""
          + " http://api.github.com/users/octocat";
  private static final String FIRST_TOKEN = "ghs_firsttoken0001";
  private static final String SECOND_TOKEN = "ghs_secondtoken002";

  private TinyApi api;
  private Workbench bench;
  private Path userGhFolder;

  private JobResult first;
  private StatisticsReport firstSavings;
  private NodeState node;
  private String socket;
  private JobResult second;
  private StatisticsReport secondSavings;
  private List<NodeState> nodesAfterwards;

  @BeforeAll
  void runJobs(@TempDir Path temp) throws Exception {
    api = new TinyApi();
    bench = new Workbench(temp, Flavour.SELF_HOSTED);
    userGhFolder = Files.createDirectories(bench.home().resolve(".config/gh"));
    Files.writeString(userGhFolder.resolve("config.yml"), "git_protocol: ssh # mine\n");
    Files.writeString(userGhFolder.resolve("hosts.yml"), "github.com: {user: octocat}\n");

    first =
        bench
            .runner()
            .run(
                fetching(FIRST_TOKEN)
                    .uses("again", bench.action(), Map.of("upstream", api.url()))
                    .run("gh", "sh", "-c", "cat \"$GH_CONFIG_DIR\"/*.yml")
                    .run("mode", "stat", "-c", "%A", "${{ steps.cache.outputs.socket-path }}")
                    .uses(
                        "guest",
                        bench.action(),
                        Map.of("node-url", "${{ steps.cache.outputs.api-url }}/"))
                    .run("url", "curl", "-sS", "--fail", "${{ steps.guest.outputs.api-url }}/x"));
    firstSavings = savings(first);
    node = bench.onlyNode();
    socket = bench.runner().folders().temp().resolve("cachemesh/api.sock").toString();
    second = bench.runner().run(fetching(SECOND_TOKEN));
    secondSavings = savings(second);
    nodesAfterwards = bench.nodes();
  }

  @AfterAll
  void end() throws IOException {
    bench.close();
    api.close();
  }

  @Test
  void neitherJobFailsNorWarns() {
    for (JobResult job : List.of(first, second)) {
      assertThat(job.succeeded()).as(job.log()).isTrue();
      assertThat(job.steps()).allSatisfy(step -> assertThat(step.issues()).isEmpty());
    }
  }

  @Test
  void everyOutputSaysWhereTheCacheIs() {
    assertThat(first.step("cache").outputs())
        .containsEntry("cache-status", "success")
        .containsEntry("peer-count", "0")
        .containsEntry("api-url", node.url())
        .containsEntry("container-api-url", "https://api.github.com")
        .containsEntry("socket-path", socket)
        .containsEntry("cache-dir", bench.cacheDir().toString());
    assertThat(first.step("cache").log()).contains("Peers: none yet");
  }

  @Test
  void nodeOutlivesTheJobAndTheNextOneJoinsIt() {
    assertThat(first.killed()).isEmpty();
    assertThat(nodesAfterwards).extracting(NodeState::pid).containsExactly(node.pid());
    assertThat(second.step("cache").log()).contains("joined node " + node.id());
  }

  @Test
  void secondUseInAJobLeavesTheEndToTheFirst() {
    assertThat(first.step("again").outputs()).isEqualTo(first.step("cache").outputs());
    assertThat(first.post("again").log()).contains("nothing to undo");
    assertThat(first.post("cache").log()).contains("Rate-limit points saved");
  }

  @Test
  void socketIsForTheUserAlone() {
    assertThat(first.step("mode").log()).contains("srw-------");
  }

  @Test
  void secondTokenGetsTheAnswerConfirmedForFree() {
    assertThat(api.calls())
        .filteredOn(call -> call.path().equals("/users/octocat"))
        .containsExactly(
            new TinyApi.Call("/users/octocat", "Bearer " + FIRST_TOKEN, 200),
            new TinyApi.Call("/users/octocat", "Bearer " + SECOND_TOKEN, 304));
  }

  @Test
  void savingsAreThoseOfEachJobAlone() {
    assertThat(firstSavings.cachemesh().requests()).isEqualTo(2);
    assertThat(firstSavings.cachemesh().pointsCharged()).isEqualTo(2);
    assertThat(secondSavings.cachemesh().requests()).isEqualTo(1);
    assertThat(secondSavings.cachemesh().pointsCharged()).isZero();
  }

  @Test
  void savingsAreShownInLogAndSummary() {
    assertThat(second.post("cache").log()).containsPattern("Rate-limit points saved +1");
    assertThat(second.post("cache").summary())
        .contains("| Rate-limit points saved | 1 |", "pie showData", "Revalidated, free");
  }

  @Test
  void ghReadsTheUsersConfigurationWithTheSocketAdded() {
    assertThat(first.step("gh").log())
        .contains("git_protocol: ssh # mine", "user: octocat")
        .contains("http_unix_socket: '" + socket + "'");
    assertThat(userGhFolder.resolve("config.yml")).hasContent("git_protocol: ssh # mine\n");
  }

  @Test
  void nodeOfSomebodyElseHasNeitherSocketNorStatistics() {
    assertThat(first.step("guest").outputs())
        .containsEntry("cache-status", "success")
        .containsEntry("api-url", node.url())
        .containsEntry("socket-path", "")
        .containsEntry("stats-file", "");
  }

  private Job fetching(String token) throws IOException {
    return Job.named("build")
        .githubToken(token)
        .searchForSecrets(bench.home(), bench.runner().folders().temp())
        .uses(
            "cache",
            bench.action(),
            Map.of("upstream", api.url(), "github-token", "${{ github.token }}"))
        .run(
            "fetch",
            Condition.SUCCESS,
            Map.of("TOKEN", token),
            "sh",
            "-c",
            FETCH,
            "sh",
            "${{ steps.cache.outputs.socket-path }}");
  }

  private static StatisticsReport savings(JobResult result) throws IOException {
    String file = result.step("cache").outputs().get("stats-file");
    return StatisticsReport.parse(Files.readString(Path.of(file)));
  }
}
