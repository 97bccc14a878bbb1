package io.github.cachemesh.core.proxy;

import static io.github.cachemesh.core.proxy.Rig.ALICE;
import static io.github.cachemesh.core.proxy.Rig.BOB;
import static io.github.cachemesh.core.proxy.Rig.EVE;
import static io.github.cachemesh.core.proxy.Rig.PRIVATE;
import static io.github.cachemesh.core.proxy.Rig.PUBLIC;
import static io.github.cachemesh.core.proxy.Rig.authorised;
import static io.github.cachemesh.core.proxy.Rig.bearer;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.core.http.BodyDigest;
import io.github.cachemesh.core.proxy.Rig.Answer;
import io.github.cachemesh.testkit.github.Token;
import java.io.IOException;
import java.util.Base64;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one caller read, another gets for nothing once GitHub has said that it may. */
class RevalidationTest {
  private static final Token CAROL = Token.user("carol-token", "carol").scoped("gist");

  private final RecordingUpstream.Recorder upstream = new RecordingUpstream.Recorder();
  private Rig rig;

  @BeforeEach
  void start() throws IOException {
    rig = Rig.with(UnaryOperator.identity(), upstream::wrap);
  }

  @AfterEach
  void stop() throws IOException {
    rig.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        PUBLIC,
        PRIVATE,
        PUBLIC + "/issues/3",
        PUBLIC + "/issues?per_page=10&page=2",
        PUBLIC + "/milestones"
      })
  void secondTokenIsChargedNothingWhereNothingChanged(String path) {
    Answer first = rig.get(ALICE, path);
    Answer second = rig.get(BOB, path);

    assertThat(second.status()).isEqualTo(200);
    assertThat(second.text()).isEqualTo(first.text()).isNotEmpty();
    assertThat(second.cacheStatus()).isEqualTo("cachemesh; fwd=stale; fwd-status=304");
    assertThat(rig.github.ledger().pointsCharged("bob")).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"token bob-token", "Bearer bob-token", "bearer bob-token"})
  void schemeOfTheSecondTokenDoesNotMatter(String authorization) {
    rig.get(ALICE, PRIVATE);
    Answer second = rig.send("GET", PRIVATE, "", "Authorization", authorization);

    assertThat(second.status()).isEqualTo(200);
    assertThat(rig.github.ledger().pointsCharged("bob")).isZero();
  }

  @Test
  void basicCredentialsAreChargedNothingWhereNothingChanged() {
    rig.get(ALICE, PRIVATE);
    String basic = Base64.getEncoder().encodeToString("x:bob-token".getBytes(UTF_8));
    Answer second = rig.send("GET", PRIVATE, "", "Authorization", "Basic " + basic);

    assertThat(second.status()).isEqualTo(200);
    assertThat(rig.github.ledger().pointsCharged("bob")).isZero();
  }

  @Test
  void anonymousReaderGetsAnAuthorisedOnesBodyByRevalidation() {
    Answer first = rig.get(ALICE, PUBLIC + "/issues/3");
    Answer second = rig.getAnonymously(PUBLIC + "/issues/3");

    assertThat(second.text()).isEqualTo(first.text());
    assertThat(rig.lastRequest().conditional()).isTrue();
  }

  @Test
  void privateBodyIsNotGivenToATokenThatMayNotReadIt() {
    String secret = rig.get(ALICE, PRIVATE).text();
    Answer refused = rig.get(EVE, PRIVATE);

    assertThat(refused.status()).isEqualTo(404);
    assertThat(refused.text()).doesNotContain("secret").isNotEqualTo(secret);
    assertThat(rig.getAnonymously(PRIVATE).status()).isEqualTo(404);
  }

  @Test
  void changedResourceIsSeenAtOnceByEverybody() {
    rig.get(ALICE, PUBLIC);
    rig.get(BOB, PUBLIC);
    rig.github.touch(PUBLIC);

    assertThat(rig.get(BOB, PUBLIC).text()).contains("\"touched\":1");
    assertThat(rig.get(ALICE, PUBLIC).text()).contains("\"touched\":1");
  }

  @Test
  void secondTokenIsChargedNothingAfterARestart() throws IOException {
    String first = rig.get(ALICE, PRIVATE).text();
    rig.restart();

    assertThat(rig.get(BOB, PRIVATE).text()).isEqualTo(first);
    assertThat(rig.github.ledger().pointsCharged("bob")).isZero();
  }

  @Test
  void linkIsTakenFromThe304() {
    String path = PUBLIC + "/issues?per_page=10";
    rig.get(ALICE, path);
    Answer second = rig.get(BOB, path);

    assertThat(second.field("Link").orElseThrow()).contains("rel=\"next\"").contains("page=2");
    assertThat(second.cacheStatus()).contains("fwd-status=304");
  }

  @Test
  void listWhose304DropsLinkIsFetchedAgainPlainly() {
    String path = PUBLIC + "/commits?per_page=2";
    rig.get(ALICE, path);
    Answer second = rig.get(BOB, path);

    assertThat(second.field("Link").orElseThrow()).contains("rel=\"next\"");
    assertThat(second.cacheStatus()).contains("fwd-status=200");
    assertThat(rig.requests().reversed().stream().limit(2).map(entry -> entry.conditional()))
        .containsExactly(false, true);
  }

  @Test
  void answerHasTheTagThatWasSentWhereThe304HasNone() {
    String path = PUBLIC + "/releases";
    rig.get(ALICE, path);
    Answer second = rig.get(BOB, path);
    Answer third = rig.get(BOB, path, "If-None-Match", second.etag());

    assertThat(second.cacheStatus()).contains("fwd-status=304");
    assertThat(third.status()).isEqualTo(304);
  }

  @Test
  void clientIsAnswered304ForTheTagThatIsItsOwn() {
    String tag = rig.get(ALICE, PUBLIC).etag();
    Answer answer = rig.get(ALICE, PUBLIC, "If-None-Match", tag);

    assertThat(answer.status()).isEqualTo(304);
    assertThat(answer.text()).isEmpty();
    assertThat(answer.field("Content-Type")).isEmpty();
    assertThat(answer.etag()).isNotEmpty();
  }

  @Test
  void clientIsAnswered304ForTheTagThatIsComputedForIt() {
    String body = rig.get(ALICE, PUBLIC, "Accept", "application/json").text();
    String bobs =
        BodyDigest.of(("application/json:" + bearer(BOB) + ":" + body).getBytes(UTF_8)).hex();
    Answer answer =
        rig.get(BOB, PUBLIC, "Accept", "application/json", "If-None-Match", "W/\"" + bobs + "\"");

    assertThat(answer.status()).isEqualTo(304);
    assertThat(rig.github.ledger().pointsCharged("bob")).isZero();
  }

  @Test
  void clientsTagIsForwardedUntouchedWhereNothingIsStored() {
    rig.get(ALICE, PUBLIC + "/milestones", "If-None-Match", "\"its-own\"");

    assertThat(upstream.messages).hasSize(1);
    assertThat(upstream.messages.getFirst().fields().all("If-None-Match"))
        .containsExactly("\"its-own\"");
  }

  @Test
  void clientsTagDoesNotBringA304ForABodyThatItDoesNotHold() {
    rig.get(ALICE, PUBLIC);
    Answer answer = rig.get(ALICE, PUBLIC, "If-None-Match", "\"older\"");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).contains("octo-org/repo-1");
  }

  @Test
  void anotherCallersTagIsNeverHandedOut() {
    String first = rig.get(ALICE, PRIVATE).etag().replace("W/", "");
    String second = rig.get(BOB, PRIVATE).etag().replace("W/", "");

    assertThat(second).isNotEqualTo(first);
    assertThat(rig.get(BOB, PRIVATE, "If-None-Match", first).status()).isEqualTo(200);
  }

  @Test
  void callersOwnFieldsAreTheCallersOnARevalidatedAnswer() throws IOException {
    try (Rig scoped = Rig.with(simulator -> simulator.token(CAROL), UnaryOperator.identity())) {
      Answer first = scoped.get(ALICE, PUBLIC + "/issues/3");
      Answer second = scoped.get(CAROL, PUBLIC + "/issues/3");

      assertThat(second.cacheStatus()).contains("fwd-status=304");
      assertThat(first.field("X-OAuth-Scopes")).hasValue("repo");
      assertThat(second.field("X-OAuth-Scopes")).hasValue("gist");
      assertThat(second.field("X-RateLimit-Used")).hasValue("0");
      assertThat(second.field("X-GitHub-Request-Id"))
          .isNotEqualTo(first.field("X-GitHub-Request-Id"));
    }
  }

  @Test
  void headIsAnsweredFromAnEntryOfGetAndNeverKept() {
    Answer unknown = rig.send("HEAD", PUBLIC, "", authorised(bearer(ALICE)));
    assertThat(unknown.status()).isEqualTo(200);
    assertThat(rig.get(ALICE, PUBLIC).cacheStatus()).contains("fwd=uri-miss");
    Answer known = rig.send("HEAD", PUBLIC, "", authorised(bearer(BOB)));

    assertThat(known.status()).isEqualTo(200);
    assertThat(known.text()).isEmpty();
    assertThat(known.cacheStatus()).contains("fwd-status=304");
    assertThat(rig.github.ledger().pointsCharged("bob")).isZero();
  }

  @Test
  void contentsAsJsonServeTheSamePrincipalOnly() {
    String path = PRIVATE + "/contents/README.md";
    rig.get(ALICE, path);
    rig.get(ALICE, path);
    assertThat(rig.lastRequest().status()).isEqualTo(304);
    Answer second = rig.get(BOB, path);

    assertThat(rig.lastRequest().conditional()).isFalse();
    assertThat(second.text()).contains("token=");
    assertThat(second.text()).isNotEqualTo(rig.get(ALICE, path).text());
  }

  @Test
  void contentsAsRawBytesServeEverybody() {
    String path = PRIVATE + "/contents/README.md";
    String raw = "application/vnd.github.raw+json";
    Answer first = rig.get(ALICE, path, "Accept", raw);
    Answer second = rig.get(BOB, path, "Accept", raw);

    assertThat(second.text()).isEqualTo(first.text());
    assertThat(rig.github.ledger().pointsCharged("bob")).isZero();
    assertThat(rig.get(EVE, path, "Accept", raw).status()).isEqualTo(404);
  }

  @Test
  void apiVersionsAreKeptApart() {
    rig.get(ALICE, PUBLIC, "X-GitHub-Api-Version", "2022-11-28");
    rig.get(ALICE, PUBLIC);

    assertThat(rig.lastRequest().status()).isEqualTo(200);
  }

  @Test
  void mediaTypesDoNotMixUp() {
    String path = PUBLIC + "/contents/README.md";
    String json = rig.get(ALICE, path).text();
    String raw = rig.get(ALICE, path, "Accept", "application/vnd.github.raw+json").text();

    assertThat(raw).isNotEqualTo(json);
    assertThat(rig.get(ALICE, path).text()).isEqualTo(json);
    assertThat(rig.get(ALICE, path, "Accept", "application/vnd.github.raw+json").text())
        .isEqualTo(raw);
  }

  @ParameterizedTest
  @ValueSource(strings = {"curl/8.0", "Wget/1.2", "Mozilla/5.0 Safari/605", "Firefox"})
  void agentsForWhomGitHubPrettyPrintsAreNotNamedToIt(String agent) {
    rig.get(ALICE, PUBLIC, "User-Agent", agent);
    rig.get(BOB, PUBLIC, "User-Agent", agent);

    assertThat(rig.lastRequest().userAgent()).isEqualTo("cachemesh");
    assertThat(rig.github.ledger().pointsCharged("bob")).isZero();
  }

  @Test
  void otherAgentsKeepTheirName() {
    rig.get(ALICE, PUBLIC, "User-Agent", "octokit/1");

    assertThat(rig.lastRequest().userAgent()).isEqualTo("octokit/1");
  }

  @Test
  void emptyListIsGuessedForNothing() {
    Answer answer = rig.get(ALICE, PUBLIC + "/deployments");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo("[]");
    assertThat(answer.field("Content-Type")).hasValue("application/json; charset=utf-8");
    assertThat(answer.cacheStatus()).contains("detail=empty-list");
    assertThat(rig.github.ledger().pointsCharged()).isZero();
  }

  @Test
  void withoutTheFormulaOnlyTheSamePrincipalRevalidates() throws IOException {
    try (Rig off = Rig.with("etag-formula", "off")) {
      off.get(ALICE, PUBLIC);
      off.get(ALICE, PUBLIC);
      assertThat(off.lastRequest().status()).isEqualTo(304);
      off.get(BOB, PUBLIC);
      assertThat(off.lastRequest().conditional()).isFalse();
      off.get(BOB, PUBLIC + "/deployments");
      assertThat(off.lastRequest().conditional()).isFalse();
    }
  }

  @Test
  void ifModifiedSinceIsNeverSentInOurName() {
    String path = PUBLIC + "/contents/README.md";
    String date = rig.get(ALICE, path).field("Last-Modified").orElseThrow();
    rig.get(ALICE, path);
    rig.get(BOB, path);
    rig.get(ALICE, path, "If-Modified-Since", date);

    assertThat(upstream.messages).noneMatch(message -> message.fields().has("If-Modified-Since"));
  }
}
