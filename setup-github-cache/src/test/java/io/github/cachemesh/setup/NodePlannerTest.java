package io.github.cachemesh.setup;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.actions.RunnerEnvironment;
import io.github.cachemesh.actions.RunnerKind;
import io.github.cachemesh.core.config.ConfigText;
import io.github.cachemesh.core.config.InvalidConfigurationException;
import io.github.cachemesh.core.config.Settings;
import io.github.cachemesh.core.config.SettingsSources;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodePlannerTest {
  private static final RunnerKind SELF_HOSTED =
      new RunnerKind.GitHub(RunnerKind.Hosting.SELF_HOSTED);
  private static final RunnerKind GITHUB_HOSTED =
      new RunnerKind.GitHub(RunnerKind.Hosting.GITHUB_HOSTED);

  @TempDir Path temp;

  @Test
  void nodesOfTheSameJobsHaveTheSamePrefixAndNeverTheSameId() throws Exception {
    NodePlanner planner = planner(Map.of(), Map.of(), null);

    assertThat(planner(Map.of(), Map.of(), null).idPrefix()).isEqualTo(planner.idPrefix());
    assertThat(plan(planner).home().id())
        .startsWith(planner.idPrefix())
        .isNotEqualTo(plan(planner).home().id());
  }

  @Test
  void whateverTheNodeIsToldIsInThePrefix() throws Exception {
    String plain = planner(Map.of(), Map.of(), null).idPrefix();

    assertThat(planner(Map.of("freshness", "ttl"), Map.of(), null).idPrefix()).isNotEqualTo(plain);
    assertThat(planner(Map.of("p2p-port", "9001"), Map.of(), null).idPrefix()).isNotEqualTo(plain);
    assertThat(planner(Map.of(), Map.of("HTTPS_PROXY", "http://p:1"), null).idPrefix())
        .isNotEqualTo(plain);
    assertThat(planner(Map.of(), Map.of(), "cache:\n  max_size: 7\n").idPrefix())
        .isNotEqualTo(plain);
  }

  @Test
  void nodeGetsSettingsAndWaysOutButNoTokens() throws Exception {
    Map<String, String> env =
        Map.of(
            "CACHEMESH_LINGER", "5",
            "https_proxy", "http://proxy:1",
            "GH_TOKEN", "secret",
            "INPUT_GITHUB-TOKEN", "secret",
            "ACTIONS_RUNTIME_TOKEN", "secret",
            "RUNNER_TRACKING_ID", "github_1");

    assertThat(plan(planner(Map.of(), env, null)).env())
        .containsEntry("CACHEMESH_LINGER", "5")
        .containsEntry("https_proxy", "http://proxy:1")
        .containsOnlyKeys(
            "CACHEMESH_LINGER",
            "https_proxy",
            "CACHE_ENABLE_P2P",
            "CACHE_LISTEN_PORT",
            "PATH",
            "LC_ALL");
  }

  @Test
  void nodeOfAHostedRunnerDoesNotLinger() throws Exception {
    JobSettings settings = settings(Map.of(), Map.of(), null);

    assertThat(plan(planner(settings, GITHUB_HOSTED, Map.of())).serveArguments())
        .containsSequence("--linger", "0");
    assertThat(plan(planner(settings, SELF_HOSTED, Map.of())).serveArguments())
        .doesNotContain("--linger");
  }

  @Test
  void configurationIsCopiedSinceACheckoutMayChangeIt() throws Exception {
    NodePlan plan = plan(planner(Map.of(), Map.of(), "cache:\n  max_size: 7\n"));

    assertThat(plan.serveArguments())
        .containsSequence("--config", plan.home().cacheConfig().toString());
    assertThat(plan.home().cacheConfig()).hasContent("cache:\n  max_size: 7\n");
  }

  @Test
  void certificatesAreFoundFromAnyFolder() throws Exception {
    assertThat(plan(planner(Map.of(), Map.of("CACHEMESH_CA_FILE", "ca.pem"), null)).env())
        .containsEntry("CACHEMESH_CA_FILE", "/workspace/ca.pem");
  }

  @Test
  void longCacheFolderHasItsSocketElsewhere() throws IOException {
    NodeHome home = new NodeHome(temp.resolve("x".repeat(80)), "0a1b2c3d-00000000");

    Path socket = SocketPlace.of(home, temp);

    assertThat(socket.toString().length()).isLessThanOrEqualTo(SocketPlace.MAX_PATH_BYTES);
    assertThat(socket.getParent()).isDirectory().hasParent(temp);
  }

  @Test
  void runnersAreToldApartByNameAndTemporaryFolder() {
    RunnerIdentity one = runner("a", "/b");

    assertThat(runner("a", "/b")).isEqualTo(one);
    assertThat(runner("a2", "/b")).isNotEqualTo(one);
    assertThat(runner("a", "/b2")).isNotEqualTo(one);
    assertThat(one.value()).matches("[0-9a-f]{16}");
  }

  private static RunnerIdentity runner(String name, String temp) {
    return RunnerIdentity.of(
        new RunnerEnvironment(Map.of("RUNNER_NAME", name, "RUNNER_TEMP", temp)));
  }

  private NodePlan plan(NodePlanner planner) throws IOException {
    return planner.plan(new SecureRandom(), temp, new JobLease("runner", "/gh"), Instant.EPOCH);
  }

  private NodePlanner planner(Map<String, String> inputs, Map<String, String> env, String config)
      throws InvalidConfigurationException {
    return planner(settings(inputs, env, config), SELF_HOSTED, env);
  }

  private static NodePlanner planner(
      JobSettings settings, RunnerKind kind, Map<String, String> env) {
    return new NodePlanner(runner("a", "/b"), settings, kind, Path.of("/workspace"), env);
  }

  private JobSettings settings(Map<String, String> inputs, Map<String, String> env, String config)
      throws InvalidConfigurationException {
    ConfigText text = config == null ? null : new ConfigText("cache-config.yml", config);
    Settings settings = Settings.load(new SettingsSources(text, null, inputs, env, temp));
    return new JobSettings(
        settings, inputs, settings.proxy().upstream(), temp.resolve("cache"), text, null);
  }
}
