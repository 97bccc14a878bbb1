package io.github.cachemesh.actions;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ActPathsTest {
  private static final String ACT = "/home/me/.cache/act/0123456789abcdef/act/workflow/";
  private static final Path HERE = Path.of("/home/me/project");

  @Test
  void filesOfTheHostAreWhereActMountsThem() {
    Map<String, String> translated =
        ActPaths.translated(
            Map.of("GITHUB_OUTPUT", ACT + "outputcmd.txt", "GITHUB_ENV", ACT + "envs.txt"),
            _ -> false,
            HERE);

    assertThat(translated)
        .containsEntry("GITHUB_OUTPUT", "/var/run/act/workflow/outputcmd.txt")
        .containsEntry("GITHUB_ENV", "/var/run/act/workflow/envs.txt");
  }

  @Test
  void workspaceIsWhereTheContainerStarts() {
    assertThat(ActPaths.translated(Map.of("GITHUB_WORKSPACE", "/gone"), _ -> false, HERE))
        .containsEntry("GITHUB_WORKSPACE", HERE.toString());
  }

  @Test
  void whatIsThereIsLeftAsItIs() {
    Map<String, String> env =
        Map.of("GITHUB_OUTPUT", ACT + "outputcmd.txt", "GITHUB_WORKSPACE", "/ws", "OTHER", "/x/y");

    assertThat(
            ActPaths.translated(
                env, Set.of(Path.of(ACT + "outputcmd.txt"), Path.of("/ws"))::contains, HERE))
        .isEqualTo(env);
  }

  @Test
  void onlyActWithItsJobOnTheHostIsTranslated() {
    Map<String, String> github =
        Map.of("GITHUB_WORKSPACE", "/github/workspace", "GITHUB_OUTPUT", "/no/such/output");

    assertThat(new RunnerEnvironment(github).here()).isEqualTo(github);
    assertThat(new RunnerEnvironment(with(github, "ACT", "true")).workspace())
        .isEqualTo(Path.of("").toAbsolutePath());
  }

  private static Map<String, String> with(Map<String, String> env, String name, String value) {
    Map<String, String> more = new HashMap<>(env);
    more.put(name, value);
    return more;
  }
}
