package io.github.cachemesh.core.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.util.ResourceLeakDetector;
import java.io.IOException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever clients do, every buffer is given back. */
@Timeout(60)
class BufferLeakTest {
  private final Queue<String> leaks = new ConcurrentLinkedQueue<>();
  private ResourceLeakDetector.Level former;

  @BeforeEach
  void watch() {
    former = ResourceLeakDetector.getLevel();
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
    ByteBufUtil.setLeakListener((type, records) -> leaks.add(type + records));
  }

  @AfterEach
  void stopWatching() {
    ByteBufUtil.setLeakListener(null);
    ResourceLeakDetector.setLevel(former);
  }

  /** Leaks are found when another buffer is made after their collection. */
  private static void lookForLeaks() {
    System.gc();
    for (int i = 0; i < 100; i++) {
      ByteBufAllocator.DEFAULT.buffer(16).release();
    }
  }

  @Test
  void leakIsFound() {
    leak();

    await()
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> {
              lookForLeaks();
              return !leaks.isEmpty();
            });
  }

  private static void leak() {
    ByteBuf lost = ByteBufAllocator.DEFAULT.buffer(16);
    lost.writeByte(1);
  }

  @Test
  void noClientMakesTheProxyLoseABuffer() throws IOException {
    try (ProxyRig proxy =
        new ProxyRig(new StubUpstream(_ -> StubUpstream.ok("x".repeat(99_999))))) {
      for (int i = 0; i < 20; i++) {
        try (RawClient client = proxy.client()) {
          client.send(client.get("/zen") + client.request("POST", "/a", "some content"));
          assertThat(client.readReply().status()).isEqualTo(200);
          assertThat(client.readReply().status()).isEqualTo(200);
          client.send(client.get("/user").repeat(5));
          client.reset();
        }
        try (RawClient client = proxy.client()) {
          client.send("POST /a HTTP/1.1\r\nHost: api.github.com\r\nContent-Length: 99\r\n\r\nabc");
          client.reset();
        }
        try (RawClient client = proxy.client()) {
          client.send("POST /a HTTP/1.1\r\nHost: evil.org\r\nContent-Length: 9\r\n\r\nabcdefghi");
          assertThat(client.readReply().status()).isEqualTo(403);
        }
        try (RawClient client = proxy.client()) {
          client.send("garbage\r\n\r\n garbage");
          assertThat(client.readReply().status()).isEqualTo(400);
        }
      }
      await().until(() -> proxy.server.connections() == 0);
    }
    for (int i = 0; i < 5; i++) {
      lookForLeaks();
    }
    assertThat(leaks).isEmpty();
  }
}
