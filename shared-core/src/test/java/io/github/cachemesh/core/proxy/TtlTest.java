package io.github.cachemesh.core.proxy;

import static io.github.cachemesh.core.proxy.Rig.ALICE;
import static io.github.cachemesh.core.proxy.Rig.BOB;
import static io.github.cachemesh.core.proxy.Rig.EVE;
import static io.github.cachemesh.core.proxy.Rig.PRIVATE;
import static io.github.cachemesh.core.proxy.Rig.PUBLIC;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.core.proxy.Rig.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Within its time to live an answer is given again without a round trip, to the same principal. */
@Timeout(30)
class TtlTest {
  private Rig rig;

  @BeforeEach
  void start() throws IOException {
    rig = Rig.with("freshness", "ttl", "cache-ttl", "60");
  }

  @AfterEach
  void stop() throws IOException {
    rig.close();
  }

  @Test
  void samePrincipalIsServedWithoutARoundTrip() {
    Answer first = rig.get(ALICE, PRIVATE + "/issues/3");
    rig.clock.advance(Duration.ofSeconds(59));
    Answer second = rig.get(ALICE, PRIVATE + "/issues/3");

    assertThat(second.text()).isEqualTo(first.text());
    assertThat(second.cacheStatus()).isEqualTo("cachemesh; hit; ttl=1");
    assertThat(second.field("Age")).hasValue("59");
    assertThat(rig.requests()).hasSize(1);
  }

  @Test
  void connectionIsKeptByAnswersFromMemory() throws IOException {
    rig.get(ALICE, PUBLIC);
    try (RawClient client = RawClient.tcp(rig.uri())) {
      String request = client.get(PUBLIC, "Authorization: Bearer alice-token");
      client.send(request + request + request);
      for (int i = 0; i < 3; i++) {
        assertThat(client.readReply().field("Cache-Status")).contains("hit");
      }
    }
    assertThat(rig.requests()).hasSize(1);
  }

  @Test
  void manyPipelinedRequestsAreAnsweredFromMemory() throws IOException {
    rig.get(ALICE, PUBLIC + "/milestones");
    int many = 100;
    try (RawClient client = RawClient.tcp(rig.uri())) {
      client.send(
          client.get(PUBLIC + "/milestones", "Authorization: Bearer alice-token").repeat(many));
      for (int i = 0; i < many; i++) {
        assertThat(client.readReply().text()).isEqualTo("[]");
      }
    }
  }

  @Test
  void samePrincipalRevalidatesAfterTheTimeToLive() {
    rig.get(ALICE, PUBLIC + "/issues/3");
    rig.clock.advance(Duration.ofSeconds(60));
    rig.get(ALICE, PUBLIC + "/issues/3");

    assertThat(rig.lastRequest().status()).isEqualTo(304);
    assertThat(rig.get(ALICE, PUBLIC + "/issues/3").cacheStatus()).contains("hit; ttl=60");
  }

  @Test
  void noCacheIsHonoured() {
    rig.get(ALICE, PUBLIC);
    rig.github.touch(PUBLIC);

    assertThat(rig.get(ALICE, PUBLIC).text()).doesNotContain("touched");
    assertThat(rig.get(ALICE, PUBLIC, "Cache-Control", "no-cache").text()).contains("touched");
  }

  @Test
  void otherPrincipalsRevalidate() {
    rig.get(ALICE, PRIVATE);

    assertThat(rig.get(BOB, PRIVATE).cacheStatus()).contains("fwd-status=304");
    assertThat(rig.get(EVE, PRIVATE).status()).isEqualTo(404);
    assertThat(rig.get(BOB, PRIVATE).cacheStatus()).contains("hit");
  }

  @Test
  void answerOfAnEarlierProcessIsServedFromDisk() throws IOException {
    rig.get(ALICE, PUBLIC);
    rig.restart();

    assertThat(rig.get(ALICE, PUBLIC).cacheStatus()).contains("hit");
    assertThat(rig.requests()).hasSize(1);
  }

  @Test
  void writeDropsTheUrlAndItsParentsForEveryPrincipal() {
    for (var token : List.of(ALICE, BOB)) {
      rig.get(token, PUBLIC + "/issues/3");
      rig.get(token, PUBLIC + "/issues");
      rig.get(token, PUBLIC);
    }
    rig.write(ALICE, "PATCH", PUBLIC + "/issues/3", "{\"title\":\"changed\"}");

    assertThat(rig.get(BOB, PUBLIC + "/issues/3").text()).contains("changed");
    assertThat(rig.get(BOB, PUBLIC + "/issues").cacheStatus()).doesNotContain("hit");
    assertThat(rig.get(ALICE, PUBLIC).cacheStatus()).doesNotContain("hit");
  }

  @Test
  void answerThatAWriteOvertookIsNotKept() throws IOException {
    String path = PRIVATE + "/issues/3";
    AtomicReference<Runnable> meanwhile = new AtomicReference<>();
    UnaryOperator<Upstream> overtaken =
        github ->
            StubUpstream.passing(
                message -> {
                  Upstream.Response response = github.send(message);
                  Runnable write = meanwhile.getAndSet(null);
                  if (write != null) {
                    write.run();
                  }
                  return response;
                });
    try (Rig late = Rig.with(UnaryOperator.identity(), overtaken, "freshness", "ttl")) {
      meanwhile.set(() -> late.write(ALICE, "PATCH", path, "{\"title\":\"changed\"}"));

      assertThat(late.get(ALICE, path).text()).doesNotContain("changed");
      assertThat(late.get(ALICE, path).text()).contains("changed");
    }
  }

  @Test
  void refusedWriteDropsNothing() {
    rig.get(ALICE, PRIVATE + "/issues/3");
    assertThat(rig.write(EVE, "PATCH", PRIVATE + "/issues/3", "{}").status()).isEqualTo(404);

    assertThat(rig.get(ALICE, PRIVATE + "/issues/3").cacheStatus()).contains("hit");
  }

  @Test
  void refusalTakesBackWhatWasVouchedFor() throws IOException {
    rig.get(EVE, PUBLIC);
    rig.github.setPrivate("octo-org/repo-1", true);
    assertThat(rig.get(EVE, PUBLIC, "Cache-Control", "no-cache").status()).isEqualTo(404);

    assertThat(rig.get(EVE, PUBLIC).status()).isEqualTo(404);
  }
}
