package io.github.cachemesh.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cachemesh.actions.ActionFailure;
import io.github.cachemesh.actions.RunnerEnvironment;
import io.github.cachemesh.setup.docker.CannedEngine;
import io.github.cachemesh.setup.docker.Container;
import io.github.cachemesh.setup.docker.DockerEngine;
import io.github.cachemesh.setup.docker.TarArchive;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContainerSurroundingsTest {
  private static final Path ROOT = Path.of("/");
  private static final String TEMP =
      "{\"Type\":\"bind\",\"Source\":\"/srv/_work/_temp\",\"Destination\":\"/github/runner_temp\"}";
  private static final String WORKSPACE =
      "{\"Type\":\"bind\",\"Source\":\"/srv/_work/r/r\",\"Destination\":\"/github/workspace\"}";

  @TempDir Path temp;
  private CannedEngine canned;

  @BeforeEach
  void start() throws IOException {
    canned = new CannedEngine(temp.resolve("docker.sock")).version("1.41");
    canned.answer("GET /containers/json", 200, "[]");
  }

  @AfterEach
  void stop() throws IOException {
    canned.close();
  }

  @Test
  void stepsOnTheHostSeeTheRunnersTemporaryFolderAsTheRunnerCallsIt() throws IOException {
    ContainerSurroundings job = of("bridge", TEMP + "," + WORKSPACE, "/opt/runner/_work/_temp");

    assertThat(job.place())
        .isEqualTo(
            new JobPlace(
                Path.of("/github/runner_temp/cachemesh"),
                Path.of("/opt/runner/_work/_temp/cachemesh"),
                Path.of("/job/cachemesh")));
    assertThat(job.shared().source()).isEqualTo("/srv/_work/_temp");
    assertThat(job.gateway()).contains("172.17.0.1");
    assertThat(job.stepsSeeHost()).isTrue();
    assertThat(job.placeIsKept()).isFalse();
    assertThat(canned.requests()).as("no look at others").hasSize(2);
  }

  @Test
  void stepsInAContainerSeeItWhereTheirsHasIt() throws IOException {
    jobContainer("node");

    ContainerSurroundings job = of("github_network_1", TEMP, "/srv/_work/_temp");

    assertThat(job.place().steps()).isEqualTo(Path.of("/__w/_temp/cachemesh"));
    assertThat(job.stepsSeeHost()).isFalse();
    assertThat(job.ghOfUser(env(Map.of()))).contains(Path.of("/github/home/.config/gh"));
    assertThat(job.ghOfUser(env(Map.of("GH_CONFIG_DIR", "/__w/_temp/gh"))))
        .contains(Path.of("/github/runner_temp/gh"));
  }

  @Test
  void stepsOfAnotherUserMayNotUseWhatIsTheRunners() throws IOException {
    jobContainer("4711");
    ContainerSurroundings job = of("github_network_1", TEMP, "/srv/_work/_temp");

    assertThatThrownBy(() -> job.checkUser(new TarArchive.Owner(1001, 1)))
        .isInstanceOf(ActionFailure.class)
        .hasMessageContaining("user '4711'");
  }

  @ParameterizedTest
  @CsvSource({"'', 0", "root, 0", "'', 1001", "0:0, 1001", "1001, 1001", "1001:121, 1001"})
  void rootAndTheRunnersUserMayUseWhatIsThere(String stepsUser, int owner) throws IOException {
    jobContainer(stepsUser);
    ContainerSurroundings job = of("github_network_1", TEMP, "/srv/_work/_temp");

    assertThatCode(() -> job.checkUser(new TarArchive.Owner(owner, owner)))
        .doesNotThrowAnyException();
  }

  @Test
  void configurationOfGhIsFoundWhereItIsMountedAndElseNamed() throws IOException {
    ContainerSurroundings job = of("bridge", TEMP + "," + WORKSPACE, "/srv/_work/_temp");

    assertThat(job.ghOfUser(env(Map.of()))).isEmpty();
    assertThat(job.ghOfUser(env(Map.of("GH_CONFIG_DIR", "/srv/_work/r/r/gh"))))
        .contains(Path.of("/github/workspace/gh"));
    assertThatThrownBy(() -> job.ghOfUser(env(Map.of("GH_CONFIG_DIR", "/home/me/gh"))))
        .isInstanceOf(ActionFailure.class)
        .hasMessageContaining("/home/me/gh");
  }

  @Test
  void actOnTheHostSharesAFolderOfItsCacheThatIsNewForEachJob() throws IOException {
    ContainerSurroundings job =
        of(
            "default",
            """
            {"Type":"bind","Source":"/root/.cache/act/ab12/act","Destination":"/var/run/act"}\
            """,
            "/root/.cache/act/ab12/tmp");

    assertThat(job.place())
        .isEqualTo(
            new JobPlace(
                Path.of("/var/run/act/cachemesh"),
                Path.of("/root/.cache/act/ab12/act/cachemesh"),
                Path.of("/job/ab12/act/cachemesh")));
    assertThat(job.installation()).isEqualTo("/root/.cache/act");
    assertThat(job.shared().source()).isEqualTo("/root/.cache/act");
  }

  @Test
  void actInAContainerSharesTheVolumeOfItsToolsAndTheHostsNetwork() throws IOException {
    String jobId = "f".repeat(64);
    canned.answer(
        "GET /containers/" + jobId + "/json",
        200,
        "{\"Id\":\"%s\",\"HostConfig\":{\"NetworkMode\":\"host\"}}".formatted(jobId));

    ContainerSurroundings job =
        of(
            "container:" + jobId,
            """
            {"Type":"volume","Name":"act-1-env","Source":"/v/1","Destination":"/var/run/act"},
            {"Type":"volume","Name":"act-toolcache","Source":"/v/2","Destination":"/opt/hostedtoolcache"}\
            """,
            "/tmp");

    assertThat(job.place().own())
        .isEqualTo(job.place().steps())
        .hasParentRaw(Path.of("/opt/hostedtoolcache/cachemesh"));
    assertThat(job.shared().name()).isEqualTo("act-toolcache");
    assertThat(job.gateway()).isEmpty();
    assertThat(job.stepsSeeHost()).isTrue();
    assertThat(job.placeIsKept()).isTrue();
  }

  private void jobContainer(String user) {
    canned
        .answer(
            "GET /containers/json",
            200,
            """
            [{"Id":"service","State":"running","Mounts":[]},
             {"Id":"job","State":"running",
              "Mounts":[{"Type":"bind","Source":"/srv/_work/_temp","Destination":"/__w/_temp"}]}]
            """)
        .answer(
            "GET /containers/job/json",
            200,
            """
            {"Id":"job","Config":{"User":"%s"},"HostConfig":{"NetworkMode":"github_network_1"},
             "Mounts":[{"Type":"bind","Source":"/srv/_work/_temp","Destination":"/__w/_temp"}]}
            """
                .formatted(user));
  }

  private ContainerSurroundings of(String network, String mounts, String runnerTemp)
      throws IOException {
    canned.answer(
        "GET /containers/own/json",
        200,
        """
        {"Id":"own","Name":"/step","HostConfig":{"NetworkMode":"%s"},"Mounts":[%s],
         "NetworkSettings":{"Networks":{"bridge":{"Gateway":"172.17.0.1"}}}}
        """
            .formatted(network, mounts));
    DockerEngine engine = DockerEngine.connect(canned.socket());
    return ContainerSurroundings.of(
        engine, Container.inspect(engine, "own"), ROOT, Optional.of(Path.of(runnerTemp)));
  }

  private static RunnerEnvironment env(Map<String, String> env) {
    return new RunnerEnvironment(env);
  }
}
