package io.github.cachemesh.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VariableNameTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"API_KEY", "a", "_x9", "GH_TOKEN", "GIT_PASSWORD", "NODE_AUTH_TOKEN", "PATHS"})
  void namesOfSecretsMayBe(String name) {
    assertThat(VariableName.problem(name)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1A", "A-B", "A.B", "A B", "A=B", "A\nB", "Ä", "a/b", "A<<B"})
  void whatIsNoNameMayNotBe(String name) {
    assertThat(VariableName.problem(name)).get().asString().startsWith("is no name");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PATH",
        "LD_PRELOAD",
        "LD_X",
        "NODE_OPTIONS",
        "node_options",
        "GITHUB_TOKEN",
        "GITHUB_ENV",
        "RUNNER_TEMP",
        "BASH_ENV",
        "ENV",
        "BASH_FUNC_x",
        "ACTIONS_RUNTIME_TOKEN",
        "INPUT_KEY",
        "STATE_x",
        "ACTION_STATE_x",
        "JAVA_TOOL_OPTIONS",
        "PYTHONPATH",
        "PERL5OPT",
        "RUBYOPT",
        "GIT_SSH_COMMAND",
        "GIT_CONFIG_COUNT",
        "http_proxy",
        "HTTPS_PROXY",
        "SSL_CERT_FILE",
        "DOCKER_HOST",
        "HOME",
        "IFS",
        "PS4",
        "CACHEMESH_UPSTREAM",
        "npm_config_registry"
      })
  void whatChangesOtherProgramsIsRefused(String name) {
    assertThat(VariableName.problem(name)).get().asString().startsWith("is refused");
  }

  @Test
  void longNamesAreRefused() {
    assertThat(VariableName.problem("A".repeat(255))).isEmpty();
    assertThat(VariableName.problem("A".repeat(256))).isPresent();
  }
}
