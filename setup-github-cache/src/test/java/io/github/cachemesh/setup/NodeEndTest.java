package io.github.cachemesh.setup;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cachemesh.actions.Phase;
import io.github.cachemesh.core.node.NodeState;
import io.github.cachemesh.testkit.runner.ActionLauncher;
import io.github.cachemesh.testkit.runner.EmulatedAction;
import io.github.cachemesh.testkit.runner.Flavour;
import io.github.cachemesh.testkit.runner.Job;
import io.github.cachemesh.testkit.runner.JobResult;
import io.github.cachemesh.testkit.runner.StepResult.Level;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How nodes end, by themselves and otherwise, under a job on the runner emulator. */
class NodeEndTest {
  @TempDir Path temp;
  private TinyApi api;

  @BeforeEach
  void start() throws IOException {
    api = new TinyApi();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void nodeThatIsKilledIsStartedAnewAtTheSamePlaceUntilGhIsBetterOffWithoutIt() throws Exception {
    try (Workbench bench = new Workbench(temp, Flavour.SELF_HOSTED)) {
      String kill = killNode(bench) + "; " + awaitGh("http_unix_socket: ''") + "; ";
      String back = awaitGh("api.sock") + "; ";
      Job job =
          job(bench)
              .run("kill", "timeout", "60", "sh", "-c", kill + back)
              .run(
                  "socket",
                  "curl",
                  "-sS",
                  "--fail",
                  "--unix-socket",
                  "${{ steps.cache.outputs.socket-path }}",
                  "http://api.github.com/x")
              .run("url", "curl", "-sS", "--fail", "${{ steps.cache.outputs.api-url }}/x")
              .run("kill-more", "timeout", "120", "sh", "-c", (kill + back).repeat(2) + kill);

      JobResult result = bench.runner().run(job);

      assertThat(result.succeeded()).as(result.log()).isTrue();
      assertThat(result.post("cache").messages(Level.WARNING))
          .singleElement()
          .asString()
          .contains("the cache node does not run any more");
      assertThat(bench.nodes()).isEmpty();
    }
  }

  @Test
  void leaseOfAJobThatNeverCameToItsPostIsGivenBackByTheRunnersNext() throws Exception {
    try (Workbench bench = new Workbench(temp, Flavour.SELF_HOSTED)) {
      bench
          .runner()
          .run(
              Job.named("killed")
                  .env("CACHEMESH_LINGER", "0")
                  .uses("cache", withoutPost(bench.action()), Map.of("upstream", api.url())));
      String left = bench.onlyNode().id();

      bench.runner().run(job(bench));

      await()
          .atMost(60, SECONDS)
          .untilAsserted(
              () ->
                  assertThat(bench.nodes())
                      .singleElement()
                      .extracting(NodeState::id)
                      .isNotEqualTo(left));
    }
  }

  @Test
  void ghHasNoSocketAnyMoreWhenPostIsOver() throws Exception {
    try (Workbench bench = new Workbench(temp, Flavour.GITHUB_HOSTED)) {
      JobResult result =
          bench
              .runner()
              .run(
                  Job.named("build")
                      .uses("outer", catInPost(bench.action()), Map.of("config-file", "none.yml"))
                      .uses("cache", bench.action(), Map.of("upstream", api.url())));

      assertThat(result.post("outer").log()).contains("http_unix_socket: ''");
    }
  }

  @Test
  void nodeOfAHostedRunnerEndsWithTheJobThoughAStepFailed() throws Exception {
    try (Workbench bench = new Workbench(temp, Flavour.GITHUB_HOSTED)) {
      JobResult result = bench.runner().run(job(bench).run("fail", "false"));

      assertThat(result.post("cache").succeeded()).isTrue();
      assertThat(result.post("cache").issues()).isEmpty();
      await()
          .atMost(60, SECONDS)
          .untilAsserted(() -> assertThat(bench.cacheDir().resolve("nodes")).isEmptyDirectory());
    }
  }

  private static EmulatedAction withoutPost(EmulatedAction action) {
    return runningInPost(action, "true");
  }

  /** Its post runs after that of any step below it. */
  private static EmulatedAction catInPost(EmulatedAction action) {
    return runningInPost(action, "cat $GH_CONFIG_DIR/config.yml");
  }

  private static EmulatedAction runningInPost(EmulatedAction action, String script) {
    return new EmulatedAction(
        action.metadata(),
        invocation ->
            invocation.phase() == Phase.POST
                ? new ActionLauncher.Launch(
                    List.of("/bin/sh", "-c", script),
                    invocation.env(),
                    invocation.folders().workspace())
                : action.launcher().prepare(invocation));
  }

  private Job job(Workbench bench) throws IOException {
    return Job.named("build").uses("cache", bench.action(), Map.of("upstream", api.url()));
  }

  private static String killNode(Workbench bench) {
    return "kill -9 $(sed 's/.*\"pid\":\\([0-9]*\\).*/\\1/' " + bench.cacheDir() + "/nodes/*.json)";
  }

  private static String awaitGh(String text) {
    return "until grep -q \"" + text + "\" \"$GH_CONFIG_DIR/config.yml\"; do sleep 0.1; done";
  }
}
