package io.github.cachemesh.core.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import io.github.cachemesh.core.cache.DiskTier;
import io.github.cachemesh.core.cache.TierEvents;
import io.github.cachemesh.core.proxy.Upstream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class CacheNodeTest {
  private static final String[] AS_USER = {"Authorization", "Bearer ghp_user"};

  @TempDir Path folder;

  private long entriesOnDisk() {
    return new DiskTier(folder, 100, 1 << 20, Clock.systemUTC(), TierEvents.NONE).entries();
  }

  @Test
  void twoNodesShareTheEntriesOfAFolder() throws Exception {
    FixedUpstream upstream = new FixedUpstream();
    try (CacheNode one = TestNodes.start(folder, "one", null, upstream);
        CacheNode two = TestNodes.start(folder, "two", null, upstream)) {
      assertThat(new NodeFolder(folder).running())
          .extracting(NodeState::id)
          .containsExactlyInAnyOrder("one", "two");

      TestNodes.send(one.state(), "GET", "/repos/o/r", AS_USER);
      await().until(() -> entriesOnDisk() == 1);
      assertThat(TestNodes.send(two.state(), "GET", "/repos/o/r", AS_USER).body())
          .isEqualTo(FixedUpstream.BODY);
      assertThat(upstream.bodiesSent).hasValue(1);
    }
    assertThat(new NodeFolder(folder).running()).isEmpty();
  }

  @Test
  void closingNodeIsNoLongerFoundWhileItEndsWhatIsUnderWayAndKeepsIt() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    FixedUpstream fixed = new FixedUpstream();
    Upstream held =
        new Upstream() {
          @Override
          public Response send(Message message) throws IOException {
            arrived.countDown();
            try {
              leave.await();
            } catch (InterruptedException e) {
              throw new IOException(e);
            }
            return fixed.send(message);
          }

          @Override
          public void close() {
            fixed.close();
          }
        };
    CacheNode node = TestNodes.start(folder, "n", folder.resolve("node.sock"), held);
    CompletableFuture<String> reply =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return TestNodes.send(node.state(), "GET", "/repos/o/r", AS_USER).body();
              } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    arrived.await();
    CompletableFuture<Void> closing = CompletableFuture.runAsync(node::close);

    await().until(() -> new NodeFolder(folder).running().isEmpty());
    await().until(() -> !Files.exists(folder.resolve("node.sock")));
    assertThat(closing).isNotDone();
    assertThat(fixed.closed).isFalse();

    leave.countDown();
    assertThat(reply.get()).isEqualTo(FixedUpstream.BODY);
    closing.get();
    assertThat(fixed.closed).isTrue();
    assertThat(entriesOnDisk()).isOne();
  }

  @Test
  void nodeWithoutLeasesEndsWhenToldTo() throws Exception {
    try (CacheNode node = TestNodes.start(folder, "n", null, new FixedUpstream())) {
      node.awaitStop(true);
      assertThat(node.acquireLease(LeaseRequest.of("late"))).isFalse();
    }
  }

  @Test
  void nodeThatCannotListenLeavesNothingBehind() throws Exception {
    FixedUpstream upstream = new FixedUpstream();
    Path taken = Files.createFile(folder.resolve("taken"));
    assertThatIOException()
        .isThrownBy(() -> TestNodes.start(folder, "n", taken, upstream))
        .withMessageContaining(taken.toString());
    assertThat(new NodeFolder(folder).running()).isEmpty();
    assertThat(upstream.closed).isTrue();
  }

  @Test
  void tokenOfAUserIsNowhereInTheFolder() throws Exception {
    try (CacheNode node = TestNodes.start(folder, "n", null, new FixedUpstream())) {
      TestNodes.send(node.state(), "GET", "/repos/o/r", AS_USER);
      await().until(() -> entriesOnDisk() == 1);
    }
    try (var files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(
                new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1))
            .doesNotContain("ghp_user");
      }
    }
  }
}
