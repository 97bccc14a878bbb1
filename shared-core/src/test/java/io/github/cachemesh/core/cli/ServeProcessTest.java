package io.github.cachemesh.core.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ServeProcessTest {
  @TempDir Path work;

  private TinyApi api;
  private String folder;

  @BeforeEach
  void start() throws IOException {
    api = new TinyApi();
    folder = work.resolve("cache").toString();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private ServedNode serve(String... more) throws IOException {
    return serve(Map.of(), more).awaitReady();
  }

  private ServedNode serve(Map<String, String> environment, String... more) throws IOException {
    String[] options = new String[more.length + 4];
    options[0] = "--cache-dir";
    options[1] = folder;
    options[2] = "--upstream";
    options[3] = api.url();
    System.arraycopy(more, 0, options, 4, more.length);
    return ServedNode.launch(work, environment, options);
  }

  private void awaitStored(String path) {
    await()
        .until(
            () ->
                CommandRun.of(work, "cache", "get", api.url() + path, "--cache-dir", folder)
                        .exitCode()
                    == 0);
  }

  @Test
  void readyLineSaysWhereItListensAndIsOneRecord() throws Exception {
    Path socket = work.resolve("node.sock");
    try (ServedNode node = serve("--socket", socket.toString(), "--node-id", "n1")) {
      assertThat(node.log())
          .matches(
              "\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z INFO cachemesh: ready url=http://127\\.0\\.0\\.1:\\d+"
                  + " socket=\\Q%s\\E cache-dir=\\Q%s\\E node=n1 pid=\\d+\\n"
                      .formatted(socket, folder));
      assertThat(node.get("/a")).isEqualTo(TinyApi.body("/a"));
    }
  }

  @Test
  void replyUnderWayCompletesAfterTheFirstSignalAndIsReadableFromDisk() throws Exception {
    try (ServedNode node = serve()) {
      CompletableFuture<HttpResponse<String>> reply = node.getLater("/held");
      api.heldArrived.await();
      node.terminate();
      node.awaitLog("cachemesh: stopping");
      api.leave.countDown();

      assertThat(reply.get().body()).isEqualTo(TinyApi.body("/held"));
      assertThat(node.exitCode()).isZero();
      assertThat(node.log()).endsWith("\n").contains("cachemesh: stopped node=");
    }
    CommandRun get =
        CommandRun.of(work, "cache", "get", api.url() + "/held", "--cache-dir", folder);
    assertThat(get.out()).isEqualTo(TinyApi.body("/held"));
    assertThat(CommandRun.of(work, "node", "status", "--cache-dir", folder).exitCode()).isOne();
  }

  @Test
  void secondSignalEndsItAtOnce() throws Exception {
    try (ServedNode node = serve()) {
      CompletableFuture<HttpResponse<String>> reply = node.getLater("/held");
      api.heldArrived.await();
      node.terminate();
      node.awaitLog("cachemesh: stopping");
      node.terminate();
      assertThat(node.exitCode()).isEqualTo(128 + 15);
      assertThat(reply.handle((response, failure) -> failure).get()).isNotNull();
    }
  }

  @Test
  void nodeStartedAfterAKillReusesTheEntry() throws Exception {
    try (ServedNode killed = serve()) {
      killed.get("/b");
      awaitStored("/b");
      killed.kill();
    }
    try (ServedNode next = serve()) {
      assertThat(next.get("/b")).isEqualTo(TinyApi.body("/b"));
    }
    assertThat(api.answers()).containsExactly(200, 304);
  }

  @Test
  void nodeWithoutLeasesEndsByItself() throws Exception {
    try (ServedNode node = serve("--until-unused", "--linger", "0")) {
      assertThat(node.exitCode()).isZero();
    }
  }

  @Test
  void leaseTakenAtOnceKeepsTheNode() throws Exception {
    try (ServedNode node = serve("--until-unused", "--linger", "0", "--lease", "runner-1")) {
      node.get("/a");
      await().during(Duration.ofMillis(1500)).until(node::isAlive);
    }
  }

  @Test
  void logFileIsForItsOwnerAndTheReadyLineIsOnStandardErrorToo() throws Exception {
    Path log = work.resolve("node.log");
    try (ServedNode node = serve("--log-file", log.toString())) {
      node.get("/a");
      assertThat(node.log()).startsWith("cachemesh: ready ");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(log)))
          .isEqualTo("rw-------");
      CommandRun logs = CommandRun.of(work, "node", "logs", "--cache-dir", folder);
      assertThat(logs.out()).contains("INFO cachemesh: ready ").doesNotContain("ghp_cli");
    }
  }

  @Test
  void configurationErrorNamesFileAndLine() throws Exception {
    Path config = Files.writeString(work.resolve("cache-config.yml"), "cache:\n  max_size: none\n");
    try (ServedNode node = serve(Map.of(), "--config", config.toString())) {
      assertThat(node.exitCode()).isEqualTo(2);
      assertThat(node.log()).startsWith("cachemesh: " + config + ":2: cache.max_size: ");
      assertThat(node.log().lines()).hasSize(1);
    }
  }

  @Test
  void oddKeysOfTheFilesAreLoggedWithTheirLines() throws Exception {
    Path config = Files.writeString(work.resolve("cache-config.yml"), "cache:\n  max_sise: 7\n");
    Path p2p = Files.writeString(work.resolve("p2p-config.yml"), "netwerk: {}\n");
    try (ServedNode node = serve("--config", config.toString())) {
      assertThat(node.log())
          .contains(" WARNING cachemesh: " + config + ":2: ")
          .contains(" WARNING cachemesh: " + p2p + ":1: ");
    }
  }

  @Test
  void environmentGoesBeforeOptions() throws Exception {
    String other = work.resolve("other").toString();
    try (ServedNode node = serve(Map.of("CACHE_DIR", other)).awaitReady()) {
      assertThat(node.log()).contains("cache-dir=" + other);
    }
  }

  @Test
  void busyPortIsNamed() throws Exception {
    try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ServedNode node = serve(Map.of(), "--listen", "127.0.0.1:" + busy.getLocalPort())) {
      assertThat(node.exitCode()).isEqualTo(1);
      assertThat(node.log())
          .startsWith("cachemesh: the node cannot start: ")
          .contains("127.0.0.1:" + busy.getLocalPort())
          .contains("--listen");
      assertThat(node.log().lines()).hasSize(1);
    }
  }

  @Test
  void tooLongSocketPathIsNamed() throws Exception {
    Path socket = work.resolve("s".repeat(120));
    try (ServedNode node = serve(Map.of(), "--socket", socket.toString())) {
      assertThat(node.exitCode()).isEqualTo(1);
      assertThat(node.log()).contains("socket path " + socket + " is too long");
    }
  }

  @Test
  void forwardProxyOfTheEnvironmentIsUsedWithItsCredentials() throws Exception {
    try (TinyProxy proxy = new TinyProxy("user", "p@ss");
        ServedNode node =
            ServedNode.launch(
                    work,
                    Map.of("http_proxy", "http://user:p%40ss@" + proxy.authority()),
                    "--cache-dir",
                    folder,
                    "--upstream",
                    "http://api.example.test")
                .awaitReady()) {
      assertThat(node.get("/a")).isEqualTo("from http://api.example.test/a");
      assertThat(node.log()).doesNotContain("p@ss");
    }
  }
}
