package io.github.cachemesh.testkit.github;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AppEndpointsTest {
  private static final App APP =
      App.generate(4711, "credentials-app")
          .installed(99, Map.of("contents", "write"), "octo-org/repo-1", "octo-org/repo-2");
  private static final String MINT = "/app/installations/99/access_tokens";
  private static final long NOW = Instant.parse("2026-11-22T12:00:00Z").getEpochSecond();

  private volatile Instant now = Instant.ofEpochSecond(NOW);
  private GitHubSimulator simulator;
  private Reader reader;

  @BeforeEach
  void start() throws Exception {
    Clock clock =
        new Clock() {
          @Override
          public Instant instant() {
            return now;
          }

          @Override
          public ZoneId getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(ZoneId zone) {
            return this;
          }
        };
    simulator = GitHubSimulator.builder().sizes(5, 5, 5).clock(clock).app(APP).start();
    reader = new Reader(simulator);
  }

  @AfterEach
  void stop() {
    reader.close();
    simulator.close();
  }

  private static String jwt(App signer, String algorithm, String issuer, long issued, long expires)
      throws Exception {
    String pem = signer.pkcs8Pem().replaceAll("-----[A-Z ]+-----|\\s", "");
    PrivateKey key =
        KeyFactory.getInstance("RSA")
            .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem)));
    String content =
        base64url("{\"alg\":\"%s\",\"typ\":\"JWT\"}".formatted(algorithm))
            + "."
            + base64url(
                "{\"iss\":\"%s\",\"iat\":%d,\"exp\":%d}".formatted(issuer, issued, expires));
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(key);
    signature.update(content.getBytes(StandardCharsets.US_ASCII));
    return content + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
  }

  private static String base64url(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String jwt() throws Exception {
    return jwt(APP, "RS256", "4711", NOW - 60, NOW + 300);
  }

  private HttpResponse<String> mint(String jwt, String body) throws Exception {
    return reader.send("POST", MINT, body, "Authorization", "Bearer " + jwt);
  }

  static Stream<Arguments> wrongJwts() throws Exception {
    App other = App.generate(4711, "other");
    return Stream.of(
        Arguments.of("could not be decoded", jwt(other, "RS256", "4711", NOW - 60, NOW + 300)),
        Arguments.of("could not be decoded", jwt(APP, "HS256", "4711", NOW - 60, NOW + 300)),
        Arguments.of("Integration not found", jwt(APP, "RS256", "1", NOW - 60, NOW + 300)),
        Arguments.of("'Issued at' claim", jwt(APP, "RS256", "4711", NOW + 5, NOW + 300)),
        Arguments.of("future time", jwt(APP, "RS256", "4711", NOW - 60, NOW)),
        Arguments.of("too far in the future", jwt(APP, "RS256", "4711", NOW - 60, NOW + 601)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrongJwts")
  void aWrongJwtIsRefused(String words, String jwt) throws Exception {
    HttpResponse<String> answer = mint(jwt, "");
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).contains(words);
  }

  @Test
  void aTokenHoldsForAnHour() throws Exception {
    String token =
        Json.MAPPER
            .readTree(mint(jwt(), "{\"repositories\":[\"repo-1\"]}").body())
            .path("token")
            .stringValue();
    String[] authorization = {"Authorization", "Bearer " + token};
    assertThat(reader.get("/installation/repositories", authorization).body())
        .contains("octo-org/repo-1")
        .doesNotContain("octo-org/repo-2");
    now = now.plus(Duration.ofHours(1));
    assertThat(reader.get("/installation/repositories", authorization).statusCode()).isEqualTo(401);
  }

  @Test
  void otherTokensMintNothing() throws Exception {
    String minted = Json.MAPPER.readTree(mint(jwt(), "").body()).path("token").stringValue();
    assertThat(mint(minted, "").statusCode()).isEqualTo(401);
    assertThat(reader.send("POST", MINT, "").statusCode()).isEqualTo(401);
  }

  @Test
  void tokensHaveWrittenPermissionsOnly() throws Exception {
    String minted =
        Json.MAPPER
            .readTree(mint(jwt(), "{\"permissions\":{\"contents\":\"write\"}}").body())
            .path("token")
            .stringValue();
    String[] authorization = {"Authorization", "Bearer " + minted};
    String file = "{\"message\":\"m\",\"content\":\"YQ==\"}";
    assertThat(
            reader
                .send("PUT", "/repos/octo-org/repo-1/contents/a", file, authorization)
                .statusCode())
        .isEqualTo(201);
    assertThat(
            reader
                .send("POST", "/repos/octo-org/repo-1/issues", "{\"title\":\"t\"}", authorization)
                .statusCode())
        .isEqualTo(403);
  }
}
