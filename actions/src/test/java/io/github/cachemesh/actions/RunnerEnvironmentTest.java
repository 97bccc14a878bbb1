package io.github.cachemesh.actions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.cachemesh.actions.RunnerKind.Hosting;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunnerEnvironmentTest {
  @Test
  void aMachineOfGitHubIsTold() {
    assertThat(kind(Map.of("RUNNER_ENVIRONMENT", "github-hosted")))
        .isEqualTo(new RunnerKind.GitHub(Hosting.GITHUB_HOSTED));
  }

  @Test
  void anyOtherMachineIsOnesOwn() {
    assertThat(kind(Map.of("RUNNER_ENVIRONMENT", "self-hosted")))
        .isEqualTo(new RunnerKind.GitHub(Hosting.SELF_HOSTED));
    assertThat(kind(Map.of())).isEqualTo(new RunnerKind.GitHub(Hosting.SELF_HOSTED));
  }

  @Test
  void actInAContainerKeepsItsFilesUnderVarRun() {
    assertThat(kind(Map.of("ACT", "true", "GITHUB_OUTPUT", "/var/run/act/workflow/outputcmd.txt")))
        .isEqualTo(new RunnerKind.Act());
  }

  @Test
  void actOnTheHostKeepsItsFilesInItsCache() {
    assertThat(
            kind(Map.of("ACT", "true", "GITHUB_OUTPUT", "/root/.cache/act/1/act/workflow/o.txt")))
        .isEqualTo(new RunnerKind.ActHost());
  }

  @Test
  void aPodIsKnownByItsCluster() {
    assertThat(
            kind(
                Map.of("KUBERNETES_SERVICE_HOST", "10.0.0.1", "RUNNER_ENVIRONMENT", "self-hosted")))
        .isEqualTo(new RunnerKind.Kubernetes());
  }

  @Test
  void valuesHaveTheirTypes() {
    RunnerEnvironment environment =
        new RunnerEnvironment(
            Map.of(
                "GITHUB_WORKSPACE", "/github/workspace",
                "GITHUB_RUN_ID", "9000000000",
                "GITHUB_API_URL", "https://ghe.example/api/v3",
                "RUNNER_DEBUG", "1"));
    assertThat(environment.workspace()).isEqualTo(Path.of("/github/workspace"));
    assertThat(environment.runId()).isEqualTo(9_000_000_000L);
    assertThat(environment.apiUrl()).isEqualTo(URI.create("https://ghe.example/api/v3"));
    assertThat(environment.debug()).isTrue();
  }

  @Test
  void aMissingVariableIsNamed() {
    assertThatExceptionOfType(ActionFailure.class)
        .isThrownBy(() -> new RunnerEnvironment(Map.of()).temp())
        .withMessageContaining("RUNNER_TEMP is not set");
  }

  @ParameterizedTest
  @ValueSource(strings = {"api.github.com", "https://", "ht tp://x"})
  void aUrlNeedsAHost(String url) {
    assertThatExceptionOfType(ActionFailure.class)
        .isThrownBy(() -> new RunnerEnvironment(Map.of("GITHUB_API_URL", url)).apiUrl())
        .withMessageContaining("GITHUB_API_URL is no URL");
  }

  @Test
  void itsTextHoldsNoVariables() {
    assertThat(new RunnerEnvironment(Map.of("ACTIONS_RUNTIME_TOKEN", "t0ken")).toString())
        .doesNotContain("t0ken");
  }

  private static RunnerKind kind(Map<String, String> env) {
    return new RunnerEnvironment(env).kind();
  }
}
