package io.github.cachemesh.core.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.cachemesh.core.oidc.Verification.Accepted;
import io.github.cachemesh.core.oidc.Verification.Denied;
import io.github.cachemesh.testkit.oidc.JobClaims;
import io.github.cachemesh.testkit.oidc.OidcIssuer;
import io.github.cachemesh.testkit.oidc.TokenForge;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each denied token differs from an accepted one in exactly one thing. */
class TokenVerifierTest {
  private static final String AUDIENCE = "https://credentials.example#key";
  private static final JobClaims JOB =
      JobClaims.push("octo-org/octo-repo").environment("production");

  private static OidcIssuer issuer;

  private TokenForge forge;
  private long now;
  private TokenVerifier verifier;

  interface Change extends Function<TokenForge, String> {}

  @BeforeAll
  static void startIssuer() throws Exception {
    issuer = OidcIssuer.start();
  }

  @AfterAll
  static void stopIssuer() {
    issuer.close();
  }

  @BeforeEach
  void makeToken() {
    forge = issuer.forge(JOB, AUDIENCE);
    now = (Long) forge.claim("iat");
    Issuer configured = Issuer.at(issuer.uri().toString());
    verifier =
        new TokenVerifier(
            TokenRules.of(configured),
            new RemoteKeys(configured, new OkHttpClient()),
            InstantSource.fixed(Instant.ofEpochSecond(now)));
  }

  private Verification verify(String token) {
    return verifier.verify(token, AUDIENCE);
  }

  private Denied denied(String token) {
    assertThat(verify(forge.good())).isInstanceOf(Accepted.class);
    Verification verification = verify(token);
    assertThat(verification).isInstanceOf(Denied.class);
    Denied denied = (Denied) verification;
    assertThat(denied.detail()).isNotBlank();
    assertThat(token.split("\\."))
        .filteredOn(part -> part.length() > 20)
        .noneMatch(denied.detail()::contains);
    return denied;
  }

  @Test
  void aTokenTellsWhoAsks() {
    Verification verification = verify(forge.good());
    assertThat(verification).isInstanceOf(Accepted.class);
    VerifiedToken token = ((Accepted) verification).token();
    TokenClaims claims = token.claims();
    assertThat(claims.issuer()).isEqualTo(issuer.uri().toString());
    assertThat(claims.audience()).isEqualTo(AUDIENCE);
    assertThat(claims.id()).isEqualTo(forge.claim("jti"));
    assertThat(claims.issued()).isEqualTo(Instant.ofEpochSecond(now));
    assertThat(claims.notBefore()).isEqualTo(Instant.ofEpochSecond((Long) forge.claim("nbf")));
    assertThat(claims.expires()).isEqualTo(Instant.ofEpochSecond((Long) forge.claim("exp")));
    assertThat(Long.toString(claims.repositoryId())).isEqualTo(forge.claim("repository_id"));
    assertThat(Long.toString(claims.repositoryOwnerId()))
        .isEqualTo(forge.claim("repository_owner_id"));
    assertThat(claims.repository()).isEqualTo("octo-org/octo-repo");
    assertThat(claims.workflowRef())
        .isEqualTo("octo-org/octo-repo/.github/workflows/ci.yml@refs/heads/main");
    assertThat(claims.jobWorkflowRef()).hasValue(claims.workflowRef());
    assertThat(claims.jobWorkflowSha()).hasValue((String) forge.claim("job_workflow_sha"));
    assertThat(claims.environment()).hasValue("production");
    assertThat(claims.ref()).isEqualTo("refs/heads/main");
    assertThat(claims.refProtected()).isFalse();
    assertThat(claims.eventName()).isEqualTo("push");
    assertThat(claims.runnerEnvironment()).hasValue("github-hosted");
    assertThat(claims.runId()).isEqualTo(1);
    assertThat(claims.text("actor")).hasValue("octocat");
    assertThat(token).hasToString("VerifiedToken[" + claims + "]");
  }

  static Stream<Arguments> changes() {
    return Stream.of(
        arguments("alg none", Denial.ALGORITHM, (Change) TokenForge::unsigned),
        arguments("alg HS256", Denial.ALGORITHM, (Change) TokenForge::signedWithPublicKey),
        arguments("alg RS512", Denial.ALGORITHM, (Change) f -> f.withHeader("alg", "RS512")),
        arguments("alg PS256", Denial.ALGORITHM, (Change) f -> f.withHeader("alg", "PS256")),
        arguments(
            "alg in lower case", Denial.ALGORITHM, (Change) f -> f.withHeader("alg", "rs256")),
        arguments("alg of JWE", Denial.ALGORITHM, (Change) f -> f.withHeader("alg", "RSA-OAEP")),
        arguments("no alg", Denial.ALGORITHM, (Change) f -> f.withoutHeader("alg")),
        arguments("a critical extension", Denial.MALFORMED, critical()),
        arguments("kid", Denial.KEY_ID, (Change) f -> f.withHeader("kid", "another")),
        arguments("no kid", Denial.KEY_ID, (Change) f -> f.withoutHeader("kid")),
        arguments("empty kid", Denial.KEY_ID, (Change) f -> f.withHeader("kid", "")),
        arguments("signer", Denial.SIGNATURE, (Change) TokenForge::signedByAnotherKey),
        arguments("signature", Denial.SIGNATURE, (Change) TokenForge::withDamagedSignature),
        arguments("no signature", Denial.MALFORMED, (Change) TokenVerifierTest::withoutSignature),
        arguments(
            "altered claim", Denial.SIGNATURE, (Change) f -> f.alteredAfterSigning("ref", "x")),
        arguments("issuer", Denial.ISSUER, (Change) f -> f.with("iss", Issuer.GITHUB.name())),
        arguments(
            "issuer and slash", Denial.ISSUER, (Change) f -> f.with("iss", f.claim("iss") + "/")),
        arguments(
            "audience", Denial.AUDIENCE, (Change) f -> f.with("aud", "https://other.example")),
        arguments(
            "audience and more", Denial.AUDIENCE, (Change) f -> f.with("aud", AUDIENCE + "y")),
        arguments(
            "two audiences", Denial.MALFORMED, (Change) f -> f.with("aud", List.of(AUDIENCE, "b"))),
        arguments("expired", Denial.EXPIRED, shifted("exp", "iat", -60)),
        arguments("not before", Denial.NOT_YET_VALID, shifted("nbf", "iat", 61)),
        arguments("issued in the future", Denial.NOT_YET_VALID, shifted("iat", "iat", 61)),
        arguments("issued too long ago", Denial.TOO_OLD, shifted("iat", "iat", -660)),
        arguments("time as a text", Denial.MALFORMED, (Change) f -> f.with("exp", "9999999999")),
        arguments(
            "time of a fraction", Denial.MALFORMED, (Change) f -> f.with("exp", 9999999999.5)),
        arguments(
            "time without bounds", Denial.MALFORMED, (Change) f -> f.with("exp", Long.MAX_VALUE)),
        arguments("negative time", Denial.MALFORMED, (Change) f -> f.with("nbf", -1)),
        arguments("id as a number", Denial.MALFORMED, (Change) f -> f.with("repository_id", 74)),
        arguments("id with a zero", Denial.MALFORMED, (Change) f -> f.with("repository_id", "074")),
        arguments("name that is null", Denial.MISSING_CLAIM, (Change) f -> f.with("ref", "")));
  }

  private static Change critical() {
    return f -> f.withHeader("crit", List.of("exp"));
  }

  private static Change shifted(String claim, String from, long seconds) {
    return f -> f.with(claim, (Long) f.claim(from) + seconds);
  }

  private static String withoutSignature(TokenForge forge) {
    String good = forge.good();
    return good.substring(0, good.lastIndexOf('.') + 1);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("changes")
  void aTokenThatDiffersInOneThingIsDenied(String thing, Denial reason, Change change) {
    assertThat(denied(change.apply(forge)).reason()).isEqualTo(reason);
  }

  static Stream<Arguments> bearableTimes() {
    return Stream.of(
        arguments("exp", shifted("exp", "iat", -59)),
        arguments("nbf", shifted("nbf", "iat", 60)),
        arguments("iat", shifted("iat", "iat", 60)),
        arguments("age", shifted("iat", "iat", -659)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bearableTimes")
  void aDifferenceOfTheClocksOfAMinuteIsBorne(String time, Change change) {
    assertThat(verify(change.apply(forge))).isInstanceOf(Accepted.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "iss",
        "aud",
        "jti",
        "iat",
        "nbf",
        "exp",
        "repository",
        "repository_id",
        "repository_owner_id",
        "workflow_ref",
        "ref",
        "event_name",
        "run_id"
      })
  void aTokenWithoutAClaimThatAllHaveIsDenied(String claim) {
    Denied denied = denied(forge.without(claim));
    assertThat(denied.reason()).isEqualTo(Denial.MISSING_CLAIM);
    assertThat(denied.detail()).contains("'" + claim + "'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "environment",
        "job_workflow_ref",
        "job_workflow_sha",
        "ref_protected",
        "runner_environment"
      })
  void whatATokenDoesNotSayIsNotSaid(String claim) {
    Verification verification = verify(forge.without(claim));
    assertThat(verification).isInstanceOf(Accepted.class);
    TokenClaims claims = ((Accepted) verification).token().claims();
    assertThat(claims.text(claim)).isEmpty();
    assertThat(claims.refProtected()).isFalse();
  }

  @Test
  void theAudienceOfAnotherAskerIsDenied() {
    assertThat(verifier.verify(forge.good(), "https://credentials.example#other"))
        .isInstanceOfSatisfying(
            Denied.class, denied -> assertThat(denied.reason()).isEqualTo(Denial.AUDIENCE));
    assertThatIllegalArgumentException().isThrownBy(() -> verifier.verify(forge.good(), ""));
  }

  @Test
  void aTokenIsAcceptedUntilItsAgeEndsOrItsOwnTime() {
    assertThat(((Accepted) verify(forge.good())).token().acceptedUntil())
        .isEqualTo(Instant.ofEpochSecond(now + 660));
    String soon = forge.with("exp", now + 300);
    assertThat(((Accepted) verify(soon)).token().acceptedUntil())
        .isEqualTo(Instant.ofEpochSecond(now + 360));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "a.b",
        "a.b.c.d.e",
        "e30.e30.e30",
        "W10.e30.e30",
        "eyJhbGciOiJSUzI1NiJ9.e30.!",
        "eyJhbGciOiJSUzI1NiJ9.e30.a b",
        "eyJhbGciOiJSUzI1NiJ9.e30.ab==",
        "eyJhbGciOjF9.e30.e30",
        "eyJhbGciOm51bGx9.e30.e30"
      })
  void whatIsNoTokenIsMalformed(String text) {
    assertThat(denied(text).reason()).isIn(Denial.MALFORMED, Denial.ALGORITHM);
  }

  @Test
  void aTokenOfMoreThan16KibIsNotRead() {
    assertThat(denied(forge.with("x", "y".repeat(16 * 1024))).reason()).isEqualTo(Denial.MALFORMED);
  }

  @Test
  void withoutTheIssuersKeysATokenIsDeniedByName() throws Exception {
    String token;
    Issuer gone;
    try (OidcIssuer other = OidcIssuer.start()) {
      gone = Issuer.at(other.uri().toString());
      token = other.token(JOB, AUDIENCE);
    }
    TokenVerifier unable =
        new TokenVerifier(
            TokenRules.of(gone),
            new RemoteKeys(gone, new OkHttpClient()),
            InstantSource.fixed(Instant.ofEpochSecond(now)));
    assertThat(unable.verify(token, AUDIENCE))
        .isInstanceOfSatisfying(
            Denied.class,
            denied -> {
              assertThat(denied.reason()).isEqualTo(Denial.KEYS_UNAVAILABLE);
              assertThat(denied.detail())
                  .contains(gone.keys().toString(), "No token is accepted", "proxy");
            });
  }

  @Test
  void aNewKeyOfTheIssuersIsAcceptedAfterAMinute() throws Exception {
    try (OidcIssuer changing = OidcIssuer.start()) {
      Issuer configured = Issuer.at(changing.uri().toString());
      long[] nanos = {0};
      TokenVerifier patient =
          new TokenVerifier(
              TokenRules.of(configured),
              new RemoteKeys(configured, new OkHttpClient(), RemoteKeys.PAUSE, () -> nanos[0]),
              InstantSource.fixed(Instant.ofEpochSecond(now)));
      assertThat(patient.verify(changing.token(JOB, AUDIENCE), AUDIENCE))
          .isInstanceOf(Accepted.class);
      changing.changeKey();
      String signedByNewKey = changing.token(JOB, AUDIENCE);
      assertThat(patient.verify(signedByNewKey, AUDIENCE)).isInstanceOf(Denied.class);
      nanos[0] = RemoteKeys.PAUSE.toNanos();
      assertThat(patient.verify(signedByNewKey, AUDIENCE)).isInstanceOf(Accepted.class);
      assertThat(changing.keyRequests()).isEqualTo(2);
    }
  }
}
