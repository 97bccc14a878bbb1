package io.github.cachemesh.core.proxy;

import static io.github.cachemesh.core.proxy.Rig.ALICE;
import static io.github.cachemesh.core.proxy.Rig.BOB;
import static io.github.cachemesh.core.proxy.Rig.PRIVATE;
import static io.github.cachemesh.core.proxy.Rig.PUBLIC;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.core.cache.Tier;
import io.github.cachemesh.core.http.Entry;
import io.github.cachemesh.core.http.ResourceKey;
import io.github.cachemesh.core.proxy.RawClient.Reply;
import io.github.cachemesh.core.proxy.Rig.Answer;
import io.github.cachemesh.testkit.github.Fault;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever breaks, the client gets the best answer there is, and never another one's. */
@Timeout(30)
class FailureTest {

  @Test
  void samePrincipalIsServedStaleWhileGitHubIsDown() throws IOException {
    try (Rig rig = Rig.with("stale-if-error", "600")) {
      String body = rig.get(ALICE, PRIVATE).text();
      rig.github.faults().inject(".*", new Fault.Reset(), 100);
      rig.clock.advance(Duration.ofSeconds(600));
      Answer stale = rig.get(ALICE, PRIVATE);

      assertThat(stale.text()).isEqualTo(body);
      assertThat(stale.cacheStatus()).contains("hit; ttl=-").contains("detail=upstream-failed");
      assertThat(stale.field("Age")).hasValue("600");
    }
  }

  @Test
  void otherPrincipalIsNotServedStale() throws IOException {
    try (Rig rig = Rig.with()) {
      rig.get(ALICE, PRIVATE);
      rig.github.faults().inject(".*", new Fault.Reset(), 100);
      Answer answer = rig.get(BOB, PRIVATE);

      assertThat(answer.status()).isEqualTo(502);
      assertThat(answer.text()).startsWith("{\"message\":\"cachemesh: ");
      assertThat(answer.field("Content-Type")).hasValue("application/json; charset=utf-8");
    }
  }

  @Test
  void nothingIsServedStaleForLongerThanConfigured() throws IOException {
    try (Rig rig = Rig.with("stale-if-error", "600")) {
      rig.get(ALICE, PRIVATE);
      rig.github.faults().inject(".*", new Fault.Reset(), 100);
      rig.clock.advance(Duration.ofSeconds(1_000_000));

      assertThat(rig.get(ALICE, PRIVATE).status()).isEqualTo(502);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503})
  void serverErrorIsStoodInForAndElsePassedOn(int status) throws IOException {
    try (Rig rig = Rig.with()) {
      String body = rig.get(ALICE, PUBLIC).text();
      rig.github.faults().inject(".*", new Fault.Status(status), 100);

      assertThat(rig.get(ALICE, PUBLIC).text()).isEqualTo(body);
      Answer others = rig.get(BOB, PUBLIC);
      assertThat(others.status()).isEqualTo(status);
      assertThat(others.text()).contains("Unicorn");
    }
  }

  @Test
  void truncatedAnswerIsStoodInFor() throws IOException {
    try (Rig rig = Rig.with()) {
      String body = rig.get(ALICE, PUBLIC).text();
      rig.github.touch(PUBLIC);
      rig.github.faults().inject(".*", new Fault.Truncate(20), 100);

      assertThat(rig.get(ALICE, PUBLIC).text()).isEqualTo(body);
      assertThat(rig.get(BOB, PUBLIC).status()).isEqualTo(502);
    }
  }

  @Test
  void timeoutIsNamedAsOne() throws IOException {
    try (ProxyRig proxy =
            new ProxyRig(
                new StubUpstream(
                    _ -> {
                      throw new SocketTimeoutException("timeout");
                    }));
        RawClient client = proxy.client()) {
      Reply reply = client.exchange(client.get("/zen"));

      assertThat(reply.status()).isEqualTo(504);
      assertThat(reply.text()).contains("did not answer in time");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 429})
  void samePrincipalIsServedWhatIsStoredWhenItsLimitIsSpent(int status) throws IOException {
    try (Rig rig =
        Rig.with(
            simulator -> simulator.primaryLimit(1).limitStatus(status), UnaryOperator.identity())) {
      String body = rig.get(ALICE, PUBLIC).text();
      Answer stale = rig.get(ALICE, PUBLIC);

      assertThat(stale.status()).isEqualTo(200);
      assertThat(stale.text()).isEqualTo(body);
      assertThat(stale.cacheStatus()).contains("hit; ttl=-").contains("detail=limit-spent");
      assertThat(stale.field("X-RateLimit-Remaining")).hasValue("0");
    }
  }

  @Test
  void whoeverHasNothingStoredGetsGitHubsRefusalWithItsFields() throws IOException {
    try (Rig rig = Rig.with(simulator -> simulator.primaryLimit(1), UnaryOperator.identity())) {
      rig.get(ALICE, PUBLIC);
      Answer refused = rig.get(ALICE, PRIVATE);

      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.text()).contains("API rate limit exceeded");
      assertThat(refused.field("X-RateLimit-Remaining")).hasValue("0");
      assertThat(refused.field("X-RateLimit-Reset")).isPresent();
    }
  }

  @Test
  void secondaryLimitIsALimitToo() throws IOException {
    try (Rig rig =
        Rig.with(simulator -> simulator.secondaryLimits(100, 1), UnaryOperator.identity())) {
      String body = rig.get(ALICE, PUBLIC).text();
      Answer stale = rig.get(ALICE, PUBLIC);
      Answer refused = rig.get(ALICE, PRIVATE);

      assertThat(stale.text()).isEqualTo(body);
      assertThat(stale.cacheStatus()).contains("limit-spent");
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.field("Retry-After")).isPresent();
    }
  }

  @Test
  void spentLimitTakesNothingBack() throws IOException {
    try (Rig rig = Rig.with(simulator -> simulator.primaryLimit(1), UnaryOperator.identity())) {
      rig.get(ALICE, PUBLIC);
      assertThat(rig.get(ALICE, PUBLIC, "Cache-Control", "no-cache").status()).isEqualTo(403);

      assertThat(rig.get(ALICE, PUBLIC).cacheStatus()).contains("limit-spent");
    }
  }

  @Test
  void answersAreRightWhenTheDiskCannotBeWritten() throws IOException {
    try (Rig rig = Rig.with("memory-bytes", "1")) {
      String body = rig.get(ALICE, PUBLIC).text();
      rig.restart();
      try (var files = Files.list(rig.folder.resolve("cache"))) {
        for (Path file : files.filter(Files::isDirectory).toList()) {
          replaceByAFile(file);
        }
      }
      assertThat(rig.get(ALICE, PUBLIC).text()).isEqualTo(body);
      assertThat(rig.get(BOB, PUBLIC).status()).isEqualTo(200);
      rig.github.touch(PUBLIC);
      assertThat(rig.get(ALICE, PUBLIC).text()).contains("touched");
    }
  }

  /** What root cannot write to either. */
  private static void replaceByAFile(Path folder) throws IOException {
    Path moved = folder.resolveSibling(folder.getFileName() + ".moved");
    Files.move(folder, moved);
    Files.writeString(folder, "no folder");
  }

  /** What a broken tier throws at. */
  enum Breaking {
    FIND,
    BODY,
    STORE,
    INVALIDATE
  }

  private record BrokenTier(Breaking breaking) implements Tier {
    private void at(Breaking point) {
      if (point == breaking) {
        throw new IllegalStateException("broken");
      }
    }

    @Override
    public String name() {
      return "broken";
    }

    @Override
    public List<Entry> find(ResourceKey resource) {
      at(Breaking.FIND);
      return List.of();
    }

    @Override
    public Optional<byte[]> body(Entry entry) {
      at(Breaking.BODY);
      return Optional.empty();
    }

    @Override
    public void store(Entry entry, byte[] body) {
      at(Breaking.STORE);
    }

    @Override
    public void remove(Entry.Id id) {}

    @Override
    public void invalidate(String host, String path) {
      at(Breaking.INVALIDATE);
    }

    @Override
    public void clear() {}
  }

  @ParameterizedTest
  @EnumSource
  void clientGetsGitHubsAnswerPastABrokenTier(Breaking breaking) throws IOException {
    AtomicInteger asked = new AtomicInteger();
    Upstream github =
        new StubUpstream(
            message -> StubUpstream.ok(message.method() + " " + asked.incrementAndGet()));
    try (ProxyRig proxy = new ProxyRig(github, new BrokenTier(breaking), 100, ProxyRig.PATIENT);
        RawClient client = proxy.client()) {
      assertThat(client.exchange(client.get("/zen")).text()).isEqualTo("GET 1");
      assertThat(client.exchange(client.request("POST", "/zen", "x")).text()).isEqualTo("POST 2");
      assertThat(client.exchange(client.get("/zen")).text()).isEqualTo("GET 3");
      assertThat(asked).hasValue(3);
    }
  }

  @Test
  void clientIsToldWhenEvenThePlainWayBreaks() throws IOException {
    try (ProxyRig proxy =
            new ProxyRig(
                new StubUpstream(
                    _ -> {
                      throw new IllegalStateException("secret");
                    }));
        RawClient client = proxy.client()) {
      Reply reply = client.exchange(client.get("/zen"));

      assertThat(reply.status()).isEqualTo(500);
      assertThat(reply.text()).contains("IllegalStateException").doesNotContain("secret");
    }
  }

  @Test
  void errorClosesTheConnectionAndFreesItsPlace() throws IOException {
    try (ProxyRig proxy =
            new ProxyRig(
                new StubUpstream(
                    _ -> {
                      throw new StackOverflowError();
                    }));
        RawClient client = proxy.client()) {
      client.send(client.get("/zen"));

      assertThat(client.isClosedByServer()).isTrue();
      org.awaitility.Awaitility.await()
          .dontCatchUncaughtExceptions()
          .until(() -> proxy.server.connections() == 0);
    }
  }
}
