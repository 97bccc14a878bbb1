package io.github.cachemesh.core.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cachemesh.actions.EnvironmentProxies;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every question has in common: headers, bounds, retries and failures. */
@Timeout(30)
class GitHubApiTest {
  private static final String SECRET = "ghs_secret0123456789";
  private static final String SHA = "a".repeat(40);
  private static final String COMMIT =
      "{\"sha\":\"%s\",\"tree\":{\"sha\":\"%s\"}}".formatted(SHA, "b".repeat(40));
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final MockWebServer server = new MockWebServer();
  private final List<Duration> pauses = new ArrayList<>();

  @BeforeEach
  void start() throws IOException {
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private GitHubApi api(ApiLimits limits) {
    return new GitHubApi(
        server.url("/api/v3").uri(),
        new ApiToken(SECRET),
        new OkHttpClient(),
        limits,
        Clock.fixed(NOW, ZoneOffset.UTC),
        pauses::add);
  }

  private String tree() throws GitHubException {
    return new Commits(api(ApiLimits.DEFAULT), Rig.REPOSITORY).tree(SHA);
  }

  private Listing<PullRequest> pulls() throws GitHubException {
    return new PullRequests(api(ApiLimits.DEFAULT), Rig.REPOSITORY).ofCommit(SHA);
  }

  private static MockResponse.Builder answer(int status) {
    return new MockResponse.Builder().code(status);
  }

  private void enqueue(MockResponse.Builder... answers) {
    for (MockResponse.Builder answer : answers) {
      server.enqueue(answer.build());
    }
  }

  @Test
  void requestNamesVersionTypeAndTokenBelowTheBasePath() throws Exception {
    enqueue(answer(200).body(COMMIT));
    assertThat(tree()).isEqualTo("b".repeat(40));
    RecordedRequest request = server.takeRequest();
    assertThat(request.getTarget()).isEqualTo("/api/v3/repos/octo-org/repo-1/git/commits/" + SHA);
    assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer " + SECRET);
    assertThat(request.getHeaders().get("Accept")).isEqualTo("application/vnd.github+json");
    assertThat(request.getHeaders().get("X-GitHub-Api-Version")).isEqualTo("2022-11-28");
    assertThat(request.getHeaders().get("Cache-Control")).isEqualTo("no-cache, no-store");
  }

  @Test
  void errorOfTheServerIsAskedAgainTwice() throws Exception {
    enqueue(answer(502), answer(503), answer(200).body(COMMIT));
    tree();
    assertThat(pauses).containsExactly(Duration.ofMillis(250), Duration.ofSeconds(1));
  }

  @Test
  void thirdErrorOfTheServerIsTheLast() {
    enqueue(answer(500), answer(500), answer(500), answer(200).body(COMMIT));
    assertThatThrownBy(this::tree)
        .isInstanceOf(GitHubUnavailableException.class)
        .hasMessageContaining("500");
    assertThat(server.getRequestCount()).isEqualTo(3);
  }

  @Test
  void answerThatBreaksOffIsAskedAgain() throws Exception {
    enqueue(
        answer(200).body(COMMIT).onResponseBody(new SocketEffect.CloseSocket()),
        answer(200).body(COMMIT));
    assertThat(tree()).isEqualTo("b".repeat(40));
    assertThat(pauses).hasSize(1);
  }

  @Test
  void spentLimitIsNotAskedAgainAndSaysWhenItIsFilled() {
    enqueue(
        answer(403)
            .addHeader("X-RateLimit-Remaining", "0")
            .addHeader("X-RateLimit-Reset", NOW.plusSeconds(900).getEpochSecond()));
    assertThatThrownBy(this::tree)
        .isInstanceOfSatisfying(
            GitHubUnavailableException.class,
            e -> assertThat(e.retryAt()).contains(NOW.plusSeconds(900)))
        .hasMessageContaining("2026-01-01T00:15:00Z");
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 429})
  void secondaryLimitIsUnavailableToo(int status) {
    enqueue(answer(status).addHeader("Retry-After", "60"));
    assertThatThrownBy(this::tree)
        .isInstanceOfSatisfying(
            GitHubUnavailableException.class,
            e -> assertThat(e.retryAt()).contains(NOW.plusSeconds(60)));
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void refusalNamesThePermissionAndGitHubsWords(int status) {
    enqueue(answer(status).body("{\"message\":\"Resource not\\naccessible\"}"));
    assertThatThrownBy(this::tree)
        .isInstanceOf(GitHubForbiddenException.class)
        .hasMessageContaining("contents: read")
        .hasMessageContaining("Resource not accessible");
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 410, 422})
  void absenceIsNeitherRefusalNorOutage(int status) {
    enqueue(answer(status).body("{\"message\":\"Not Found\"}"));
    assertThatThrownBy(this::tree).isInstanceOf(GitHubAbsentException.class);
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>",
        "[]",
        "{}",
        "{\"sha\":1}",
        "{\"sha\":\"x\",\"tree\":{\"sha\":\"y\"}}"
      })
  void answerThatMakesNoSenseIsUnavailable(String body) {
    enqueue(answer(200).body(body));
    assertThatThrownBy(this::tree)
        .isInstanceOf(GitHubUnavailableException.class)
        .hasMessageContaining("cannot be read");
  }

  @Test
  void answerAboutAnotherCommitIsNotTaken() {
    enqueue(answer(200).body(COMMIT.replace(SHA, "c".repeat(40))));
    assertThatThrownBy(this::tree).isInstanceOf(GitHubUnavailableException.class);
  }

  @Test
  void deeplyNestedAnswerIsUnavailable() {
    enqueue(answer(200).body("[".repeat(100_000)));
    assertThatThrownBy(this::pulls).isInstanceOf(GitHubUnavailableException.class);
  }

  @Test
  void answerOverTheBoundIsNotRead() {
    enqueue(answer(200).body(" ".repeat(1_001) + COMMIT));
    ApiLimits small =
        new ApiLimits(
            Duration.ofSeconds(9), Duration.ofSeconds(5), Duration.ofSeconds(5), 2, 1, 1_000);
    assertThatThrownBy(() -> new Commits(api(small), Rig.REPOSITORY).tree(SHA))
        .isInstanceOf(GitHubUnavailableException.class)
        .hasMessageContaining("longer than 1000 bytes");
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void silentServerIsLeftWhenTheTimeIsOver() {
    enqueue(answer(200).onResponseStart(SocketEffect.Stall.INSTANCE));
    ApiLimits brief = ApiLimits.DEFAULT.within(Duration.ofMillis(300));
    assertThatThrownBy(() -> new Commits(api(brief), Rig.REPOSITORY).tree(SHA))
        .isInstanceOf(GitHubUnavailableException.class);
    assertThat(server.getRequestCount()).isEqualTo(1);
    assertThat(pauses).isEmpty();
  }

  @Test
  void unreachableServerIsUnavailable() {
    URI nobody = server.url("/").uri();
    server.close();
    GitHubApi api =
        new GitHubApi(
            nobody,
            new ApiToken(SECRET),
            new OkHttpClient(),
            ApiLimits.DEFAULT,
            Clock.systemUTC(),
            pauses::add);
    assertThatThrownBy(() -> new Commits(api, Rig.REPOSITORY).tree(SHA))
        .isInstanceOf(GitHubUnavailableException.class)
        .hasMessageContaining("tree of commit");
  }

  @Test
  void interruptedThreadDoesNotAskAgain() {
    enqueue(answer(500), answer(200).body(COMMIT));
    Commits commits =
        new Commits(
            new GitHubApi(
                server.url("/").uri(),
                new ApiToken(SECRET),
                new OkHttpClient(),
                ApiLimits.DEFAULT,
                Clock.systemUTC(),
                _ -> {
                  throw new InterruptedException();
                }),
            Rig.REPOSITORY);
    assertThatThrownBy(() -> commits.tree(SHA)).isInstanceOf(GitHubUnavailableException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void redirectWithinTheServerIsFollowed() throws Exception {
    enqueue(
        answer(301).addHeader("Location", "/api/v3/repositories/7/git/commits/" + SHA),
        answer(200).body(COMMIT));
    assertThat(tree()).isEqualTo("b".repeat(40));
  }

  @Test
  void redirectToAnotherServerIsNotFollowed() throws Exception {
    try (MockWebServer other = new MockWebServer()) {
      other.start();
      enqueue(answer(302).addHeader("Location", other.url("/").toString()));
      assertThatThrownBy(this::tree).isInstanceOf(GitHubUnavailableException.class);
      assertThat(other.getRequestCount()).isZero();
    }
  }

  @Test
  void redirectsInARingEnd() {
    for (int i = 0; i < 3; i++) {
      enqueue(answer(302).addHeader("Location", "/api/v3/again"));
    }
    assertThatThrownBy(this::tree).isInstanceOf(GitHubUnavailableException.class);
    assertThat(server.getRequestCount()).isEqualTo(3);
  }

  @Test
  void nextPageOnAnotherServerIsNotAskedFor() {
    enqueue(
        answer(200)
            .body("[]")
            .addHeader("Link", "<https://elsewhere.example/x?page=2>; rel=\"next\""));
    assertThatThrownBy(this::pulls)
        .isInstanceOf(GitHubUnavailableException.class)
        .hasMessageContaining("another server");
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void endlessListIsReadToItsBound() throws Exception {
    for (int i = 0; i < 11; i++) {
      enqueue(
          answer(200)
              .body("[]")
              .addHeader("Link", "</x?page=1>; rel=\"prev\", </x?page=9>; rel=\"next\""));
    }
    assertThat(pulls().complete()).isFalse();
    assertThat(server.getRequestCount()).isEqualTo(10);
  }

  @Test
  void noFailureShowsTheToken() {
    enqueue(answer(401), answer(404), answer(429), answer(200).body("nonsense"));
    for (int i = 0; i < 4; i++) {
      assertThatThrownBy(this::tree).satisfies(e -> assertThat(trace(e)).doesNotContain(SECRET));
    }
    assertThat(new ApiToken(SECRET).toString()).doesNotContain(SECRET);
    assertThatThrownBy(() -> new ApiToken(SECRET + "\n" + SECRET))
        .satisfies(e -> assertThat(trace(e)).doesNotContain(SECRET));
  }

  private static String trace(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  @Test
  void proxyOfTheEnvironmentIsUsedWithItsCredentials() throws Exception {
    enqueue(answer(407).addHeader("Proxy-Authenticate", "Basic realm=\"x\""));
    enqueue(answer(200).body(COMMIT));
    String proxy = "http://user:pass@127.0.0.1:" + server.getPort();
    GitHubApi api =
        new GitHubApi(
            URI.create("http://github.example"),
            new ApiToken(SECRET),
            GitHubApi.client(new EnvironmentProxies(Map.of("http_proxy", proxy))),
            ApiLimits.DEFAULT);
    assertThat(new Commits(api, Rig.REPOSITORY).tree(SHA)).isEqualTo("b".repeat(40));
    server.takeRequest();
    assertThat(server.takeRequest().getHeaders().get("Proxy-Authorization"))
        .isEqualTo("Basic dXNlcjpwYXNz");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://api.github.com", "api.github.com", "http:///x"})
  void baseThatIsNoHttpUrlIsRefused(String base) {
    assertThatThrownBy(
            () ->
                new GitHubApi(
                    URI.create(base), new ApiToken(SECRET), new OkHttpClient(), ApiLimits.DEFAULT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("GITHUB_API_URL");
  }
}
