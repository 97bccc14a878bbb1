package io.github.cachemesh.testkit.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class OidcIssuerTest {
  private static final JobClaims JOB = JobClaims.push("octo-org/octo-repo").environment("Prod:1");

  private final HttpClient http = HttpClient.newHttpClient();
  private OidcIssuer issuer;

  @BeforeEach
  void start() throws Exception {
    issuer = OidcIssuer.start();
  }

  @AfterEach
  void stop() {
    issuer.close();
    http.close();
  }

  private HttpResponse<String> get(URI url, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(url);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static JsonNode part(String token, int index) {
    return JsonMapper.shared()
        .readTree(Base64.getUrlDecoder().decode(token.split("\\.", -1)[index]));
  }

  private static JsonNode claims(HttpResponse<String> answer) {
    return part(JsonMapper.shared().readTree(answer.body()).path("value").stringValue(), 1);
  }

  @Test
  void theConfigurationNamesIssuerAndKeys() throws Exception {
    JsonNode configuration =
        JsonMapper.shared()
            .readTree(get(issuer.uri().resolve("/.well-known/openid-configuration")).body());
    assertThat(configuration.path("issuer").stringValue()).isEqualTo(issuer.uri().toString());
    assertThat(configuration.path("jwks_uri").stringValue()).isEqualTo(issuer.keys().toString());
  }

  @Test
  void tokensHaveTheClaimsOfGitHubsReference() {
    JsonNode claims = part(issuer.token(JOB, "me"), 1);
    assertThat(new TreeSet<>(claims.propertyNames()))
        .containsExactly(
            ("actor actor_id aud base_ref check_run_id environment event_name exp head_ref iat iss"
                    + " job_workflow_ref job_workflow_sha jti nbf ref ref_protected ref_type"
                    + " repository repository_id repository_owner repository_owner_id"
                    + " repository_visibility run_attempt run_id run_number runner_environment sha"
                    + " sub workflow workflow_ref workflow_sha")
                .split(" "));
    assertThat(claims.path("exp").longValue()).isGreaterThan(Instant.now().getEpochSecond());
  }

  @Test
  void theSubjectHasTheFormThatCannotBeTakenOver() {
    String ids = "repo:octo-org@%s/octo-repo@%s:";
    String of = ids.formatted(JOB.text("repository_owner_id"), JOB.text("repository_id"));
    assertThat(JOB.text("sub")).isEqualTo(of + "environment:Prod%3A1");
    assertThat(JobClaims.push("octo-org/octo-repo").text("sub"))
        .isEqualTo(of + "ref:refs/heads/main");
    assertThat(
            JobClaims.of(Map.of("repository", "octo-org/octo-repo", "event_name", "pull_request"))
                .text("sub"))
        .isEqualTo(of + "pull_request");
  }

  @Test
  void aJobGetsATokenForTheAudienceThatItNames() throws Exception {
    try (TokenRequests requests = issuer.permit(JOB)) {
      HttpResponse<String> answer =
          get(
              URI.create(requests.url() + "&audience=https%3A%2F%2Fme%23key"),
              "Authorization",
              "bearer " + requests.token());
      assertThat(claims(answer).path("aud").stringValue()).isEqualTo("https://me#key");
    }
  }

  @Test
  void theAudienceIsTheOwnersUrlWhereNoneIsNamed() throws Exception {
    try (TokenRequests requests = issuer.permit(JOB)) {
      HttpResponse<String> answer =
          get(requests.url(), "Authorization", "Bearer " + requests.token());
      assertThat(claims(answer).path("aud").stringValue()).isEqualTo("https://github.com/octo-org");
    }
  }

  @Test
  void aJobIsRefusedWithAnothersTokenOrAfterItsEnd() throws Exception {
    TokenRequests requests = issuer.permit(JOB);
    TokenRequests other = issuer.permit(JOB);
    assertThat(get(requests.url()).statusCode()).isEqualTo(401);
    assertThat(get(requests.url(), "Authorization", "Bearer " + other.token()).statusCode())
        .isEqualTo(401);
    requests.close();
    assertThat(get(requests.url(), "Authorization", "Bearer " + requests.token()).statusCode())
        .isEqualTo(401);
  }

  @Test
  void oldKeysStayUntilTheyAreWithdrawn() throws Exception {
    issuer.changeKey();
    assertThat(JsonMapper.shared().readTree(get(issuer.keys()).body()).path("keys")).hasSize(2);
    issuer.withdrawOldKeys();
    assertThat(JsonMapper.shared().readTree(get(issuer.keys()).body()).path("keys")).hasSize(1);
    assertThat(issuer.keyRequests()).isEqualTo(2);
  }

  static Stream<Arguments> changes() {
    return Stream.of(
        Arguments.of("claim", (Change) forge -> forge.with("ref", "refs/heads/x"), 0, 1, 1),
        Arguments.of("no claim", (Change) forge -> forge.without("ref"), 0, 1, 1),
        Arguments.of("header", (Change) forge -> forge.withHeader("kid", "x"), 1, 0, 1),
        Arguments.of("RS512", (Change) forge -> forge.withHeader("alg", "RS512"), 1, 0, 1),
        Arguments.of("PS256", (Change) forge -> forge.withHeader("alg", "PS256"), 1, 0, 1),
        Arguments.of("no header", (Change) forge -> forge.withoutHeader("kid"), 1, 0, 1),
        Arguments.of("none", (Change) TokenForge::unsigned, 1, 0, 1),
        Arguments.of("HS256", (Change) TokenForge::signedWithPublicKey, 1, 0, 1),
        Arguments.of("signer", (Change) TokenForge::signedByAnotherKey, 0, 0, 1),
        Arguments.of("signature", (Change) TokenForge::withDamagedSignature, 0, 0, 1),
        Arguments.of("altered", (Change) forge -> forge.alteredAfterSigning("ref", "x"), 0, 1, 0));
  }

  interface Change {
    String make(TokenForge forge);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("changes")
  void aForgedTokenDiffersInOneThing(
      String name, Change change, int inHeader, int inClaims, int inSignature) {
    TokenForge forge = issuer.forge(JOB, "me");
    String good = forge.good();
    String forged = change.make(forge);
    assertThat(differences(part(good, 0), part(forged, 0))).isEqualTo(inHeader);
    assertThat(differences(part(good, 1), part(forged, 1))).isEqualTo(inClaims);
    assertThat(good.split("\\.", -1)[2].equals(forged.split("\\.", -1)[2]) ? 0 : 1)
        .isEqualTo(inSignature);
  }

  private static long differences(JsonNode one, JsonNode other) {
    TreeSet<String> names = new TreeSet<>(one.propertyNames());
    names.addAll(other.propertyNames());
    return names.stream().filter(name -> !one.path(name).equals(other.path(name))).count();
  }
}
