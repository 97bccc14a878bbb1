package io.github.cachemesh.core.github;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jwt.SignedJWT;
import io.github.cachemesh.core.github.AppException.Fault;
import io.github.cachemesh.testkit.github.App;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the App does with each answer that GitHub may give. */
@Timeout(30)
class AppAnswersTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final String SECRET = "ghs_secret0123456789";
  private static final byte[] TOKEN = SECRET.getBytes(US_ASCII);
  private static final AppKey KEY =
      AppKey.parse("4711", App.generate(4711, "app").privateKeyPem().getBytes(US_ASCII));
  private static final AppGrant GRANT =
      new AppGrant(
          List.of(RepositoryName.parse("octo-org/vault")),
          new TreeMap<>(Map.of("contents", "read")));

  private final MockWebServer server = new MockWebServer();
  private final List<Duration> pauses = new ArrayList<>();

  @BeforeEach
  void start() throws Exception {
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private GitHubApp app() {
    return new GitHubApp(
        server.url("/api/v3").uri(),
        KEY,
        new OkHttpClient(),
        ApiLimits.DEFAULT,
        Clock.fixed(NOW, ZoneOffset.UTC),
        pauses::add);
  }

  private void enqueue(int status, String body) {
    server.enqueue(new MockResponse.Builder().code(status).body(body).build());
  }

  private static String minted(String permissions, String repositories) {
    return """
    {"token":"%s","expires_at":"2026-11-22T13:00:00Z","permissions":%s,"repositories":%s}
    """
        .formatted(SECRET, permissions, repositories);
  }

  private AppException failure(AppCall call) {
    AppException[] caught = new AppException[1];
    assertThatExceptionOfType(AppException.class)
        .isThrownBy(call::run)
        .satisfies(e -> caught[0] = e)
        .withMessageNotContaining(SECRET);
    return caught[0];
  }

  interface AppCall {
    void run() throws Exception;
  }

  @Test
  void theAppSignsForFiveMinutesInItsOwnName() throws Exception {
    enqueue(200, "{\"id\":99}");
    enqueue(201, minted("{\"contents\":\"read\"}", "[{\"full_name\":\"octo-org/vault\"}]"));
    app().mint(GRANT).close();
    RecordedRequest first = server.takeRequest();
    assertThat(first.getTarget()).isEqualTo("/api/v3/repos/octo-org/vault/installation");
    String authorization = first.getHeaders().get("Authorization");
    SignedJWT jwt = SignedJWT.parse(authorization.substring("Bearer ".length()));
    assertThat(jwt.getHeader().getAlgorithm().getName()).isEqualTo("RS256");
    assertThat(jwt.getJWTClaimsSet().getIssuer()).isEqualTo("4711");
    assertThat(jwt.getJWTClaimsSet().getIssueTime()).isEqualTo(NOW.minusSeconds(60));
    assertThat(jwt.getJWTClaimsSet().getExpirationTime()).isEqualTo(NOW.plusSeconds(300));
    RecordedRequest second = server.takeRequest();
    assertThat(second.getTarget()).isEqualTo("/api/v3/app/installations/99/access_tokens");
    assertThat(second.getBody().utf8())
        .contains("\"repositories\":[\"vault\"]", "\"permissions\":{\"contents\":\"read\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"contents\":\"write\"} | [{\"full_name\":\"octo-org/vault\"}]",
        "{\"contents\":\"read\",\"issues\":\"read\"} | [{\"full_name\":\"octo-org/vault\"}]",
        "{\"contents\":\"read\",\"metadata\":\"write\"} | [{\"full_name\":\"octo-org/vault\"}]",
        "{} | [{\"full_name\":\"octo-org/vault\"}]",
        "{\"contents\":\"read\"} | [{\"full_name\":\"octo-org/vault\"},{\"full_name\":\"a/b\"}]",
        "{\"contents\":\"read\"} | [{\"full_name\":\"a/vault\"}]",
        "{\"contents\":\"read\"} | []",
        "{\"contents\":\"read\"} | null",
        "7 | [{\"full_name\":\"octo-org/vault\"}]"
      })
  void aTokenWithAnotherGrantIsRevokedAtOnce(String permissions, String repositories)
      throws Exception {
    enqueue(200, "{\"id\":99}");
    enqueue(201, minted(permissions, repositories));
    enqueue(204, "");
    AppException failure = failure(() -> app().mint(GRANT));
    assertThat(failure.fault()).isEqualTo(Fault.UNEXPECTED);
    assertThat(failure).hasMessageContaining("the token was revoked");
    server.takeRequest();
    server.takeRequest();
    RecordedRequest revocation = server.takeRequest();
    assertThat(revocation.getMethod()).isEqualTo("DELETE");
    assertThat(revocation.getTarget()).isEqualTo("/api/v3/installation/token");
    assertThat(revocation.getHeaders().get("Authorization")).isEqualTo("Bearer " + SECRET);
  }

  @Test
  void metadataThatEveryTokenHasIsNoOtherGrant() throws Exception {
    enqueue(200, "{\"id\":99}");
    enqueue(
        201,
        minted(
            "{\"contents\":\"read\",\"metadata\":\"read\"}",
            "[{\"full_name\":\"Octo-Org/Vault\"}]"));
    try (InstallationToken token = app().mint(GRANT)) {
      assertThat(token.bytes()).isEqualTo(TOKEN);
      assertThat(token.expires()).isEqualTo(Instant.parse("2026-11-22T13:00:00Z"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{", "{\"token\":\"a b\"}", "{\"token\":7}", "{}"})
  void anAnswerWithoutATokenCannotBeRead(String body) {
    enqueue(200, "{\"id\":99}");
    enqueue(201, body);
    assertThat(failure(() -> app().mint(GRANT)).fault()).isEqualTo(Fault.UNEXPECTED);
    assertThat(server.getRequestCount()).isEqualTo(2);
  }

  @Test
  void aMintThatBreaksOffIsNotRepeated() {
    enqueue(200, "{\"id\":99}");
    server.enqueue(
        new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build());
    assertThat(failure(() -> app().mint(GRANT)).fault()).isEqualTo(Fault.UNAVAILABLE);
    assertThat(server.getRequestCount()).isEqualTo(2);
    assertThat(pauses).isEmpty();
  }

  @Test
  void aRevocationIsRepeatedTwice() throws Exception {
    enqueue(502, "");
    server.enqueue(
        new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build());
    enqueue(204, "");
    app().revoke(TOKEN);
    assertThat(pauses).containsExactly(Duration.ofMillis(250), Duration.ofSeconds(1));
  }

  @Test
  void aRevocationThatFailsThriceSaysSo() {
    enqueue(500, "");
    enqueue(500, "");
    enqueue(500, "");
    assertThat(failure(() -> app().revoke(TOKEN)).fault()).isEqualTo(Fault.UNAVAILABLE);
    assertThat(server.getRequestCount()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({
    "403, You have exceeded a secondary rate limit, UNAVAILABLE",
    "429, Slow down, UNAVAILABLE",
    "503, , UNAVAILABLE",
    "403, This installation has been suspended, KEY_REFUSED",
    "401, A JSON web token could not be decoded, KEY_REFUSED",
    "404, Not Found, NOT_INSTALLED",
    "301, Moved Permanently, UNEXPECTED"
  })
  void eachRefusalHasItsFault(int status, String message, Fault fault) {
    for (int i = 0; i < 3; i++) {
      enqueue(status, message == null ? "" : "{\"message\":\"" + message + "\"}");
    }
    AppException failure = failure(() -> app().mint(GRANT));
    assertThat(failure.fault()).isEqualTo(fault);
    assertThat(failure).hasMessageContaining(status + "").hasMessageContaining("octo-org/vault");
  }

  @Test
  void aRedirectElsewhereNeverSeesTheToken() throws Exception {
    try (MockWebServer other = new MockWebServer()) {
      other.start();
      server.enqueue(
          new MockResponse.Builder()
              .code(307)
              .setHeader("Location", other.url("/").toString())
              .build());
      assertThat(failure(() -> app().revoke(TOKEN)).fault()).isEqualTo(Fault.UNEXPECTED);
      assertThat(other.getRequestCount()).isZero();
    }
  }
}
