package io.github.cachemesh.core.proxy;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of clients when the listener that they came in by is closed, and no other. */
@Timeout(30)
class OpenListenerTest {
  @TempDir Path folder;
  private final CountDownLatch arrived = new CountDownLatch(1);
  private final CountDownLatch leave = new CountDownLatch(1);
  private ProxyRig proxy;
  private OpenListener listener;

  @BeforeEach
  void start() throws IOException {
    proxy =
        new ProxyRig(
            new StubUpstream(
                message -> {
                  if (message.url().endsWith("/held")) {
                    arrived.countDown();
                    await(leave);
                  }
                  return StubUpstream.ok("hello");
                }));
    listener = proxy.server.listen(new InetSocketAddress("127.0.0.1", 0));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @AfterEach
  void stop() {
    leave.countDown();
    proxy.close();
  }

  private RawClient client() throws IOException {
    return RawClient.tcp(URI.create(listener.baseUrl()));
  }

  @Test
  void idleClientIsDropped() throws IOException {
    try (RawClient client = client()) {
      client.exchange(client.get("/zen"));
      listener.close();

      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void replyUnderWayCompletesAndIsTheConnectionsLast() throws Exception {
    try (RawClient client = client()) {
      client.send(client.get("/held") + client.get("/zen"));
      arrived.await();
      listener.close();
      leave.countDown();

      assertThat(client.readReply().text()).isEqualTo("hello");
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void clientsOfAnotherListenerStay() throws IOException {
    try (RawClient client = proxy.client()) {
      client.exchange(client.get("/zen"));
      listener.close();

      assertThat(client.exchange(client.get("/zen")).text()).isEqualTo("hello");
    }
  }

  @Test
  void nobodyComesInAnyMore() {
    listener.close();

    assertThat(listener.isReachable()).isFalse();
    // The kernel takes connections in until the event loop has let go of the socket.
    Awaitility.await()
        .atMost(10, SECONDS)
        .untilAsserted(() -> assertThatIOException().isThrownBy(this::client));
  }

  @Test
  void closedProxyOpensNone() {
    proxy.close();

    assertThatIOException().isThrownBy(() -> proxy.server.listen(folder.resolve("node.sock")));
    assertThat(folder).isEmptyDirectory();
  }
}
