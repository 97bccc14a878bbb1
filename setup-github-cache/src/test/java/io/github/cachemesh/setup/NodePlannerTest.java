package io.github.cachemesh.setup;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.actions.RunnerEnvironment;
import io.github.cachemesh.actions.RunnerKind;
import io.github.cachemesh.core.config.ConfigText;
import io.github.cachemesh.core.config.InvalidConfigurationException;
import io.github.cachemesh.core.config.Settings;
import io.github.cachemesh.core.config.SettingsSources;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NodePlannerTest {
  private static final RunnerKind SELF_HOSTED =
      new RunnerKind.GitHub(RunnerKind.Hosting.SELF_HOSTED);
  private static final RunnerKind GITHUB_HOSTED =
      new RunnerKind.GitHub(RunnerKind.Hosting.GITHUB_HOSTED);
  private static final RunnerIdentity RUNNER = new RunnerIdentity("0123456789abcdef");
  private static final Path HERE = Path.of("/workspace");
  private static final NodeHome HOME = new NodeHome(Path.of("/cache"), "0a1b2c3d-00000000");

  @Test
  void equalJobsHaveEqualPlans() throws Exception {
    assertThat(plan(Map.of(), Map.of(), null)).isEqualTo(plan(Map.of(), Map.of(), null));
  }

  @Test
  void defaultsThatAreWrittenDownMakeNoOtherPlan() throws Exception {
    Map<String, String> defaults =
        Map.of(
            "enable-p2p", "true",
            "cache-size", "5000",
            "cache-ttl", "300",
            "p2p-port", "9000",
            "freshness", "revalidate");

    assertThat(plan(defaults, Map.of(), null)).isEqualTo(plan(Map.of(), Map.of(), null));
  }

  @Test
  void whateverTheNodeIsToldIsInTheFingerprint() throws Exception {
    String plain = plan(Map.of(), Map.of(), null).fingerprint();

    assertThat(plan(Map.of("freshness", "ttl"), Map.of(), null).fingerprint()).isNotEqualTo(plain);
    assertThat(plan(Map.of("p2p-port", "9001"), Map.of(), null).fingerprint()).isNotEqualTo(plain);
    assertThat(plan(Map.of(), Map.of("HTTPS_PROXY", "http://p:1"), null).fingerprint())
        .isNotEqualTo(plain);
    assertThat(plan(Map.of(), Map.of(), "cache:\n  max_size: 7\n").fingerprint())
        .isNotEqualTo(plain);
    assertThat(
            NodePlanner.plan("other", settings(Map.of(), Map.of(), null), SELF_HOSTED, Map.of())
                .fingerprint())
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

    assertThat(plan(Map.of(), env, null).env())
        .containsEntry("CACHEMESH_LINGER", "5")
        .containsEntry("https_proxy", "http://proxy:1")
        .containsOnlyKeys(
            "CACHEMESH_LINGER", "https_proxy", "CACHE_ENABLE_P2P", "CACHE_LISTEN_PORT");
  }

  @Test
  void nodeOfAHostedRunnerDoesNotLinger() throws Exception {
    JobSettings settings = settings(Map.of(), Map.of(), null);

    assertThat(NodePlanner.plan("one", settings, GITHUB_HOSTED, Map.of()).arguments())
        .containsSequence("--linger", "0");
    assertThat(NodePlanner.plan("one", settings, SELF_HOSTED, Map.of()).arguments())
        .doesNotContain("--linger");
  }

  @Test
  void configurationIsCopiedSinceACheckoutMayChangeIt() throws Exception {
    NodePlan plan = plan(Map.of(), Map.of(), "cache:\n  max_size: 7\n");

    assertThat(plan.files())
        .containsEntry("cache-config.yml", "cache:\n  max_size: 7\n")
        .containsEntry("p2p-config.yml", "");
    assertThat(plan.serveArguments(HOME, RUNNER))
        .containsSequence("--config", HOME.file("cache-config.yml").toString());
  }

  @Test
  void certificatesAreCopiedSinceANodeMaySeeNoWorkspace() throws Exception {
    Settings settings = Settings.load(new SettingsSources(null, null, Map.of(), Map.of(), HERE));
    JobSettings trusting =
        new JobSettings(settings, HERE, settings.proxy().upstream(), null, null, "-----BEGIN…");

    NodePlan plan = NodePlanner.plan("one", trusting, SELF_HOSTED, Map.of());

    assertThat(plan.files()).containsEntry("ca.pem", "-----BEGIN…");
    assertThat(plan.serveArguments(HOME, RUNNER))
        .containsSequence("--ca-file", HOME.file("ca.pem").toString());
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

  private static NodePlan plan(Map<String, String> inputs, Map<String, String> env, String config)
      throws InvalidConfigurationException {
    return NodePlanner.plan("one", settings(inputs, env, config), SELF_HOSTED, env);
  }

  private static JobSettings settings(
      Map<String, String> inputs, Map<String, String> env, String config)
      throws InvalidConfigurationException {
    ConfigText text = config == null ? null : new ConfigText("cache-config.yml", config);
    Settings settings = Settings.load(new SettingsSources(text, null, inputs, env, HERE));
    return new JobSettings(settings, HERE, settings.proxy().upstream(), text, null, null);
  }
}
