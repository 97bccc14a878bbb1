package io.github.cachemesh.images;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** What runners and their hooks do with an image. */
@Tag("containers")
@TestInstance(Lifecycle.PER_CLASS)
class ContainerTest {
  private static final String COMMAND_LINE = "/cachemesh/cachemesh";
  private static final List<String> CONFINED =
      List.of("--read-only", "--cap-drop", "ALL", "--user", "1001:1001");

  private final List<String> started = new ArrayList<>();
  private Docker docker;

  @BeforeAll
  void load() throws Exception {
    docker = Docker.load(BuiltImages.anyArchive());
  }

  @AfterAll
  void removeImage() throws Exception {
    docker.close();
  }

  @AfterEach
  void removeContainers() throws Exception {
    for (String container : started) {
      Docker.succeed("rm", "-f", container);
    }
    started.clear();
  }

  @Test
  void commandLineRuns() throws Exception {
    assertThat(docker.run(List.of(), COMMAND_LINE, "version").output()).startsWith("cachemesh ");
  }

  @Test
  void jobsEnvironmentDoesNotReachTheJvm() throws Exception {
    List<String> hostile = new ArrayList<>();
    for (String variable :
        List.of(
            "JAVA_TOOL_OPTIONS=-XX:+NoSuchFlag",
            "_JAVA_OPTIONS=-XX:+NoSuchFlag",
            "JDK_JAVA_OPTIONS=-XX:+NoSuchFlag",
            "JDK_AOT_VM_OPTIONS=-XX:+NoSuchFlag",
            "CLASSPATH=/nowhere",
            "LD_PRELOAD=/nowhere.so",
            "LD_LIBRARY_PATH=/nowhere",
            "BASH_ENV=/nowhere",
            "LC_ALL=C")) {
      hostile.addAll(List.of("-e", variable));
    }
    assertThat(docker.run(hostile, COMMAND_LINE, "version"))
        .isEqualTo(docker.run(List.of(), COMMAND_LINE, "version"));
  }

  @Test
  void inputsWithHyphensReachTheAction() throws Exception {
    Docker.Result result =
        docker.run(
            List.of(
                "-e",
                "INPUT_CACHE-SIZE=many",
                "-e",
                "GITHUB_WORKSPACE=/tmp",
                "-e",
                "RUNNER_TEMP=/tmp",
                "-e",
                "RUNNER_NAME=test"),
            ImagedAction.ALL.getFirst().entryPoint("main"));
    assertThat(result.output()).contains("cache-size");
  }

  @Test
  void fileNamesAreUtf8() throws Exception {
    assertThat(
            docker
                .run(
                    List.of(),
                    "/opt/java/bin/java",
                    "@/app/step.options",
                    "-XshowSettings:properties",
                    "-version")
                .output())
        .contains("sun.jnu.encoding = UTF-8");
  }

  @Test
  void toolsOfTheKubernetesHooksWork() throws Exception {
    Docker.Result result =
        docker.run(
            List.of(),
            "/bin/sh",
            "-ec",
            """
            mkdir -p /tmp/from/sub /tmp/to
            echo hello > /tmp/from/sub/file
            tar cf - -C /tmp/from . | tar xf - -C /tmp/to
            find /tmp/to -type f -exec stat -c '%s %n' {} \\;
            tail -n 1 /tmp/to/sub/file
            env 'INPUT_WITH-HYPHEN=kept' /bin/sh -c 'exec env' | grep HYPHEN
            tail -f /dev/null & kill $!
            """);
    assertThat(result.output().lines())
        .containsExactly("6 /tmp/to/sub/file", "hello", "INPUT_WITH-HYPHEN=kept");
    assertThat(result.exitCode()).isZero();
  }

  @Test
  void certificatesAreThereInBothForms() throws Exception {
    String pem =
        docker
            .run(
                List.of(),
                "/bin/grep",
                "-c",
                "BEGIN CERTIFICATE",
                "/etc/ssl/certs/ca-certificates.crt")
            .output()
            .strip();
    String store =
        docker
            .run(List.of(), "/opt/java/bin/keytool", "-list", "-cacerts", "-storepass", "none")
            .output();
    assertThat(Integer.parseInt(pem)).isGreaterThan(100);
    assertThat(store).contains("Your keystore contains " + pem + " entries");
  }

  @Test
  void namesOfOtherContainersAreResolved() throws Exception {
    String network = "cachemesh-images-test-" + ProcessHandle.current().pid();
    Docker.succeed("network", "create", network);
    try {
      started.add(
          docker.start(
              List.of("--network", network, "--network-alias", "upstream.test"),
              "/bin/sleep",
              "60"));
      List<String> options = List.of("--network", network);
      String[] command = {
        "-c",
        "echo 00 > /tmp/token; /cachemesh/cachemesh node status --token-file /tmp/token --url $0"
      };
      assertThat(
              docker
                  .run(options, "/bin/sh", command[0], command[1], "http://upstream.test:1")
                  .output())
          .containsIgnoringCase("refused");
    } finally {
      removeContainers();
      Docker.succeed("network", "rm", network);
    }
  }

  @Test
  void nodeRunsConfinedAndEndsInOrderOnASignal() throws Exception {
    List<String> options = new ArrayList<>(CONFINED);
    options.addAll(List.of("--tmpfs", "/cache:uid=1001,mode=700,noexec"));
    String node = docker.start(options, COMMAND_LINE, "serve", "--cache-dir", "/cache/of-node");
    started.add(node);
    await().atMost(60, SECONDS).until(() -> Docker.succeed("logs", node).contains("ready url="));

    Docker.succeed("stop", "--time", "60", node);

    assertThat(Docker.succeed("logs", node)).contains("stopped node=").doesNotContain("WARN");
    assertThat(Docker.succeed("inspect", "-f", "{{.State.ExitCode}}", node)).isIn("0", "143");
  }
}
