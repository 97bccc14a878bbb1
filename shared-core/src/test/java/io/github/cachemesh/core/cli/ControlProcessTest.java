package io.github.cachemesh.core.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A node that is administered by its standard streams alone. */
@Timeout(60)
class ControlProcessTest {
  @TempDir Path work;

  private TinyApi api;
  private Path folder;
  private Path socket;

  @BeforeEach
  void start() throws IOException {
    api = new TinyApi();
    folder = work.resolve("cache");
    socket = work.resolve("api.sock");
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private ServedNode serve(String... more) throws IOException {
    List<String> options =
        new ArrayList<>(
            List.of("--control", "--listen", "none", "--node-id", "n1", "--upstream", api.url()));
    options.addAll(List.of("--cache-dir", folder.toString()));
    options.addAll(List.of(more));
    return ServedNode.launch(work, Map.of(), options.toArray(String[]::new));
  }

  private static JsonNode json(String answer) {
    return JsonMapper.shared().readTree(answer.split(" ", 3)[2]);
  }

  @Test
  void linesAreAnsweredInOrderAndNothingElseIsSaid() throws Exception {
    try (ServedNode node = serve()) {
      node.tell("a1 GET health\nb2 GET nothing\n\n!~ POST health\nc3 GET stats\n");

      assertThat(node.hear())
          .startsWith("a1 200 {")
          .contains("\"status\":\"ok\"", "\"node\":\"n1\"");
      assertThat(node.hear()).startsWith("b2 404 {");
      assertThat(node.hear()).startsWith("!~ 405 {");
      String stats = node.hear();
      assertThat(stats).startsWith("c3 200 {");
      assertThat(json(stats).path("cachemesh").path("requests").asInt(-1)).isZero();
      assertThat(node.log()).contains("cachemesh: ready url=none socket=none");
    }
  }

  @Test
  void textThatIsNoJsonComesAsAJsonString() throws Exception {
    try (ServedNode node = serve()) {
      node.tell("1 GET metrics\n");

      assertThat(json(node.hear()).asString()).contains("\ncachemesh_requests_total");
    }
  }

  @Test
  void lineThatIsNoQuestionIsRefusedAndTheNextAnswered() throws Exception {
    try (ServedNode node = serve()) {
      node.tell(
          "1 GET\n1 GET a b\n1 get health\n" + "x".repeat(65) + " GET health\n2 GET health\n");

      for (int i = 0; i < 4; i++) {
        assertThat(node.hear()).startsWith("- 400 {\"message\":\"cachemesh: write TAG METHOD PAGE");
      }
      assertThat(node.hear()).startsWith("2 200 {");
    }
  }

  @Test
  void lineAtTheBoundIsAnsweredAndALongerOneSkipped() throws Exception {
    try (ServedNode node = serve()) {
      String start = "1 GET leases?x=";
      String longest = start + "x".repeat(64 * 1024 - start.length());
      node.tell(longest + "\n" + longest + "x\n" + longest.repeat(4) + "\n2 GET health\n");

      assertThat(node.hear()).startsWith("1 200 {");
      assertThat(node.hear()).startsWith("- 400 {\"message\":\"cachemesh: a line may have 64 KiB");
      assertThat(node.hear()).startsWith("- 400 {");
      assertThat(node.hear()).startsWith("2 200 {");
    }
  }

  @Test
  void endOfInputEndsNothingAndAnUnfinishedLineIsNoQuestion() throws Exception {
    try (ServedNode node = serve()) {
      node.tell("1 PUT leases/r1?socket=" + socket + "\n2 POST stop");
      assertThat(node.hear()).startsWith("1 200 {");
      node.endInput();

      assertThat(overSocket("DELETE /_cachemesh/leases/r1")).startsWith("HTTP/1.1 200 ");
      assertThat(node.isAlive()).isTrue();
    }
  }

  @Test
  void stopEndsItInOrder() throws Exception {
    try (ServedNode node = serve("--lease", "r1")) {
      node.tell("1 POST stop?unused=true\n2 DELETE leases/r1\n3 POST stop?unused=true\n");

      assertThat(node.hear()).startsWith("1 409 {");
      assertThat(node.hear()).startsWith("2 200 {");
      assertThat(node.hear()).startsWith("3 202 {");
      assertThat(node.exitCode()).isZero();
      assertThat(folder.resolve("nodes")).isEmptyDirectory();
    }
  }

  @Test
  void leaseAndItsListenersOutliveAKill() throws Exception {
    String gateway;
    try (ServedNode killed = serve("--lease", "r1")) {
      killed.tell("1 PUT leases/r1?socket=" + socket + "&gateway=127.0.0.2\n");
      gateway = json(killed.hear()).get("gateway_url").asString();
      assertThat(get(gateway + "/a")).isEqualTo(TinyApi.body("/a"));
      killed.kill();
    }
    assertThat(socket).exists();
    try (ServedNode next = serve("--lease", "r1").awaitReady()) {
      assertThat(get(gateway + "/a")).isEqualTo(TinyApi.body("/a"));
      assertThat(overSocket("GET /a")).endsWith(TinyApi.body("/a"));
      next.tell("1 GET leases\n");
      assertThat(next.hear()).isEqualTo("1 200 {\"leases\":1,\"runners\":[\"r1\"]}");
      await().until(() -> requests(next) == 2);
      next.tell("2 DELETE leases/r1\n");
      assertThat(json(next.hear()).at("/savings/cachemesh/requests").asInt()).isEqualTo(2);
      assertThat(folder.resolve("jobs/r1.json")).exists();
      assertThat(next.log()).doesNotContain(URI.create(gateway).getPath());
      next.kill();
    }
    try (ServedNode last = serve("--lease", "r1").awaitReady()) {
      last.tell("1 GET leases\n");
      assertThat(last.hear()).isEqualTo("1 200 {\"leases\":0,\"runners\":[]}");
      last.terminate();
      assertThat(last.exitCode()).isZero();
    }
    assertThat(Files.exists(folder.resolve("nodes/n1"))).isFalse();
  }

  @Test
  void nodeWithoutAnyWayInIsRefused() throws Exception {
    CommandRun run =
        CommandRun.of(work, "serve", "--listen", "none", "--cache-dir", folder.toString());
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--control");
  }

  private static int requests(ServedNode node) throws IOException {
    node.tell("0 GET stats\n");
    return json(node.hear()).at("/cachemesh/requests").asInt();
  }

  private static String get(String url) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
              HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }

  private String overSocket(String methodAndTarget) throws IOException {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      String head = methodAndTarget + " HTTP/1.0\r\nHost: localhost\r\n\r\n";
      channel.write(ByteBuffer.wrap(head.getBytes(UTF_8)));
      return new String(Channels.newInputStream(channel).readAllBytes(), UTF_8);
    }
  }
}
