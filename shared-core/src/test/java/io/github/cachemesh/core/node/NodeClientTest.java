package io.github.cachemesh.core.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeClientTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final AdminToken WRONG = new AdminToken("0".repeat(64));

  @TempDir Path folder;
  private Path socket;
  private CacheNode node;

  @BeforeEach
  void start() throws Exception {
    socket = folder.resolve("node.sock");
    node = TestNodes.start(folder, "n", socket, new FixedUpstream());
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private NodeClient overTcp(AdminToken token) {
    return NodeClient.of(URI.create(node.state().url()), token, LIMIT);
  }

  @Test
  void everyPageIsReachedOverTheUnixSocketWithoutAToken() throws IOException {
    NodeState state = node.state();
    NodeClient client =
        NodeClient.of(
            new NodeState(
                state.id(),
                state.version(),
                state.pid(),
                null,
                state.startedAt(),
                null,
                state.socket(),
                state.cacheDir(),
                null,
                WRONG.secret()),
            LIMIT);
    checkEveryPage(client);
  }

  @Test
  void everyPageIsReachedOverTcpWithTheToken() throws IOException {
    checkEveryPage(overTcp(node.state().adminToken()));
  }

  private static void checkEveryPage(NodeClient client) throws IOException {
    assertThat(client.health().isOk()).isTrue();
    assertThat(client.stats().body()).contains("\"hits\"");
    assertThat(client.metrics().body()).contains("cachemesh_");
    assertThat(client.acquireLease(LeaseRequest.of("r1")).leases()).isOne();
    assertThat(client.leases().body()).isEqualTo("{\"leases\":1,\"runners\":[\"r1\"]}");
    assertThat(client.stopIfUnused()).isFalse();
    assertThat(client.releaseLease("r1").orElseThrow().leases()).isZero();
    assertThat(client.releaseLease("r1")).isEmpty();
    assertThat(client.invalidate("api.github.com", "/a%20b&c").body()).contains("/a%20b&c");
    assertThat(client.clear().isOk()).isTrue();
    assertThat(client.stop().status()).isEqualTo(202);
    assertThat(client.stopIfUnused()).isTrue();
    assertThatThrownBy(() -> client.acquireLease(LeaseRequest.of("r1")))
        .isInstanceOf(NodeEndingException.class);
  }

  @Test
  void wrongTokenIsRefusedOverTcp() throws IOException {
    assertThat(overTcp(WRONG).stats().status()).isEqualTo(401);
  }

  @Test
  void refusedLeaseNamesWhatCannotBeHad() {
    Path nowhere = folder.resolve("missing/api.sock");
    assertThatIOException()
        .isThrownBy(
            () ->
                overTcp(node.state().adminToken())
                    .acquireLease(LeaseRequest.of("r1").withSocket(nowhere)))
        .withMessageContaining(nowhere.toString());
  }

  @Test
  void nodeThatListensForJobsOnlySaysSo() {
    NodeState state = node.state();
    NodeState without =
        new NodeState(
            state.id(),
            state.version(),
            state.pid(),
            null,
            state.startedAt(),
            null,
            null,
            state.cacheDir(),
            null,
            WRONG.secret());
    assertThatIOException()
        .isThrownBy(() -> NodeClient.of(without, LIMIT).health())
        .withMessageContaining("neither URL nor socket");
  }

  @Test
  void anyTransportWillDo() throws IOException {
    NodeClient client =
        NodeClient.over(
            (method, page) -> {
              var answer = node.administer(method, page);
              return new NodeClient.Answer(answer.status(), new String(answer.body(), UTF_8));
            });
    checkEveryPage(client);
  }

  @Test
  void answerThatIsNoLeaseIsAFailure() {
    NodeClient client = NodeClient.over((_, _) -> new NodeClient.Answer(200, "{\"leases\":1}"));
    assertThatIOException().isThrownBy(() -> client.acquireLease(LeaseRequest.of("r1")));
    assertThatIOException().isThrownBy(() -> client.releaseLease("r1"));
  }

  @Test
  void nodeWhoseSocketWasRemovedIsReachedOverTcp() throws IOException {
    Files.delete(socket);
    assertThat(NodeClient.of(node.state(), LIMIT).stats().isOk()).isTrue();
  }

  @Test
  void nodeThatIsGoneIsNamed() {
    node.close();
    assertThatIOException()
        .isThrownBy(() -> overTcp(WRONG).health())
        .withMessageContaining(URI.create(node.state().url()).getAuthority());
  }

  @Test
  void silentListenerEndsTheWait() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      NodeClient client =
          NodeClient.of(
              URI.create("http://127.0.0.1:" + silent.getLocalPort()),
              WRONG,
              Duration.ofMillis(100));
      assertThatIOException().isThrownBy(client::health).isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void somethingElseThatAnswersIsNoNode() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual()
          .start(
              () -> {
                try (var client = other.accept()) {
                  client.getInputStream().read(new byte[1024]);
                  client.getOutputStream().write("SSH-2.0-x\r\n".getBytes());
                } catch (IOException e) {
                  // The test ended first.
                }
              });
      NodeClient client =
          NodeClient.of(URI.create("http://127.0.0.1:" + other.getLocalPort()), WRONG, LIMIT);
      assertThatIOException().isThrownBy(client::health).withMessageContaining("no node");
    }
  }
}
