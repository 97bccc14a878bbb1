package io.github.cachemesh.core.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Commands against one node that runs as a process of its own. */
@Timeout(60)
class RunningNodeCommandsTest {
  @TempDir static Path work;

  private static TinyApi api;
  private static ServedNode node;

  @BeforeAll
  static void start() throws IOException {
    api = new TinyApi();
    node =
        ServedNode.ready(
            work,
            "--cache-dir",
            folder(),
            "--upstream",
            api.url(),
            "--socket",
            work.resolve("node.sock").toString(),
            "--node-id",
            "one");
    node.get("/a");
  }

  @AfterAll
  static void stop() throws InterruptedException {
    node.close();
    api.close();
  }

  private static String folder() {
    return work.resolve("cache").toString();
  }

  private static CommandRun run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--cache-dir");
    all.add(folder());
    return CommandRun.of(work, all.toArray(String[]::new));
  }

  private static String stateValue(String name) throws IOException {
    JsonNode state =
        JsonMapper.shared().readTree(Files.readString(Path.of(folder(), "nodes", "one.json")));
    return state.get(name).asString();
  }

  @Test
  void statsAreATableOrJsonOrPrometheusText() {
    assertThat(run("stats").out()).containsPattern("(?m)^misses +[1-9]");
    JsonNode json = JsonMapper.shared().readTree(run("stats", "--json").out());
    assertThat(json.get("misses").asInt()).isPositive();
    assertThat(run("stats", "--prometheus").out()).contains("# TYPE cachemesh_requests_total");
  }

  @Test
  void jsonAndPrometheusExcludeEachOther() {
    assertThat(run("stats", "--json", "--prometheus").exitCode()).isEqualTo(2);
  }

  @Test
  void statusListsTheNode() {
    CommandRun status = run("node", "status");
    assertThat(status.exitCode()).isZero();
    assertThat(status.out()).containsPattern("(?m)^one +yes +[0-9]+ ");
  }

  @Test
  void nodeIsFoundByUrlAndToken() throws Exception {
    Path token = Files.writeString(work.resolve("token"), stateValue("admin_token") + "\n");
    CommandRun stats =
        CommandRun.of(work, "stats", "--url", node.url(), "--token-file", token.toString());
    assertThat(stats.exitCode()).isZero();
    assertThat(stats.out()).contains("hit rate");
  }

  @Test
  void wrongTokenIsRefused() throws Exception {
    Path token = Files.writeString(work.resolve("wrong"), "00ff");
    CommandRun stats =
        CommandRun.of(work, "stats", "--url", node.url(), "--token-file", token.toString());
    assertThat(stats.exitCode()).isEqualTo(1);
    assertThat(stats.err()).startsWith("cachemesh: the node answered 401: ");
  }

  @Test
  void logsToStandardErrorCannotBeShown() {
    CommandRun logs = run("node", "logs");
    assertThat(logs.exitCode()).isEqualTo(1);
    assertThat(logs.err()).contains("--log-file");
  }

  @Test
  void unknownNodeIsNamed() {
    CommandRun status = run("node", "status", "--node", "two");
    assertThat(status.exitCode()).isEqualTo(1);
    assertThat(status.err()).contains("no node two runs on " + folder());
  }

  @Test
  void invalidationReachesTheMemoryOfTheNode() throws Exception {
    node.get("/gone");
    await().until(() -> run("cache", "get", api.url() + "/gone").exitCode() == 0);
    long before = api.answers().stream().filter(status -> status == 200).count();

    assertThat(run("cache", "invalidate", api.url() + "/gone").out())
        .isEqualTo("invalidated " + api.authority() + "/gone by node one\n");
    assertThat(run("cache", "get", api.url() + "/gone").exitCode()).isEqualTo(1);
    node.get("/gone");
    assertThat(api.answers().stream().filter(status -> status == 200).count())
        .isEqualTo(before + 1);
  }

  @Test
  void stopWaitsUntilTheProcessIsGoneAndSeveralNodesNeedAChoice() throws Exception {
    try (ServedNode second =
        ServedNode.ready(work, "--cache-dir", folder(), "--node-id", "second")) {
      CommandRun unclear = run("stats");
      assertThat(unclear.exitCode()).isEqualTo(1);
      assertThat(unclear.err()).contains("--node ").contains("one").contains("second");

      CommandRun stop = run("node", "stop", "--node", "second");
      assertThat(stop.out()).isEqualTo("node second has stopped\n");
      assertThat(second.isAlive()).isFalse();
      assertThat(second.exitCode()).isZero();
    }
  }
}
