package io.github.cachemesh.core.service;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.cachemesh.core.audit.AuditAction;
import io.github.cachemesh.core.audit.AuditOutcome;
import io.github.cachemesh.core.envelope.HpkeIdentity;
import io.github.cachemesh.core.envelope.KeyKind;
import io.github.cachemesh.core.envelope.SigningKey;
import io.github.cachemesh.core.service.DeniedCredential.Reason;
import io.github.cachemesh.core.service.ServiceException.Fault;
import io.github.cachemesh.testkit.oidc.JobClaims;
import io.github.cachemesh.testkit.oidc.TokenForge;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Who is given what, and who is not: whole services with tokens of the testkit's issuer. */
class CredentialServiceTest {
  @TempDir Path folder;
  private TestService setting;

  @BeforeEach
  void open() throws Exception {
    setting = new TestService(folder);
  }

  @AfterEach
  void close() throws Exception {
    setting.close();
  }

  @Test
  void jobIsGivenWhatThePolicyGrantsIt() throws Exception {
    Instant before = Instant.now();
    try (Exchanged exchanged = setting.ask(setting.start(), TestService.STORED)) {
      assertThat(exchanged.denied()).isEmpty();
      GrantedCredential granted = exchanged.granted().getFirst();
      assertThat(granted.value()).isEqualTo(TestService.VALUE.getBytes(UTF_8));
      assertThat(granted.export()).isEqualTo(Export.FILE);
      assertThat(granted.grant()).isEqualTo("deploy");
      assertThat(granted.lease()).isEmpty();
      assertThat(granted.expires())
          .isBetween(before.plus(Duration.ofMinutes(15)), Instant.now().plus(Duration.ofHours(1)));
    }
    assertThat(setting.audit())
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.event().action()).isEqualTo(AuditAction.GRANT);
              assertThat(entry.event().outcome()).isEqualTo(AuditOutcome.DONE);
              assertThat(entry.event().what()).isEqualTo(TestService.STORED);
              assertThat(entry.event().who()).contains("octo-org/app");
              assertThat(entry.event().why()).contains("grant deploy: version 1");
            });
  }

  @ParameterizedTest
  @CsvSource({
    "repository_id, 1",
    "repository_owner_id, 1",
    "environment, staging",
    "ref, refs/heads/other",
    "ref_protected, false",
    "event_name, pull_request_target",
    "workflow_ref, octo-org/app/.github/workflows/other.yml@refs/heads/main",
    "job_workflow_ref, octo-org/app/.github/workflows/other.yml@refs/heads/main",
    "job_workflow_sha, 0000000000000000000000000000000000000002",
    "runner_environment, self-hosted"
  })
  void jobThatDiffersInOneClaimIsDeniedAndThatIsLogged(String claim, String other)
      throws Exception {
    JobClaims job = TestService.JOB.with(claim, other);

    try (Exchanged exchanged =
        setting
            .client(setting.start())
            .exchange(List.of(TestService.STORED), setting.tokens(job))) {
      assertThat(exchanged.granted()).isEmpty();
      assertThat(exchanged.denied())
          .containsExactly(new DeniedCredential(TestService.STORED, Reason.NOT_GRANTED));
    }
    assertThat(setting.audit())
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.event().outcome()).isEqualTo(AuditOutcome.DENIED);
              assertThat(entry.event().why())
                  .contains("grant deploy: %s is %s, wanted".formatted(claim, other));
            });
  }

  static Stream<Arguments> forgeries() {
    return Stream.of(
        forgery("issuer", forge -> forge.with("iss", "https://issuer.example")),
        forgery("audience", forge -> forge.with("aud", forge.claim("aud") + "x")),
        forgery("no algorithm", TokenForge::unsigned),
        forgery("HS256", TokenForge::signedWithPublicKey),
        forgery("unknown key", forge -> forge.withHeader("kid", "other")),
        forgery("another's key", TokenForge::signedByAnotherKey),
        forgery("signature", TokenForge::withDamagedSignature),
        forgery("altered", forge -> forge.alteredAfterSigning("environment", "production ")),
        forgery("expired", forge -> forge.with("exp", 1_000_000_000)),
        forgery("too old", forge -> forge.with("iat", 1_000_000_000)),
        forgery("not yet valid", forge -> forge.with("nbf", 5_000_000_000L)),
        forgery("no id", forge -> forge.without("jti")));
  }

  private static Arguments forgery(String name, Function<TokenForge, String> token) {
    return Arguments.of(name, token);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("forgeries")
  void tokenThatIsWrongInOneThingIsRefusedAndThatIsLogged(
      String name, Function<TokenForge, String> token) throws Exception {
    ServiceClient client = setting.client(setting.start());

    assertThatExceptionOfType(ServiceException.class)
        .isThrownBy(
            () ->
                client.exchange(
                    List.of(TestService.STORED),
                    audience -> token.apply(setting.issuer.forge(TestService.JOB, audience))))
        .satisfies(e -> assertThat(e.fault()).isEqualTo(Fault.REFUSED));
    assertThat(setting.audit())
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.event().outcome()).isEqualTo(AuditOutcome.DENIED);
              assertThat(entry.event().who()).isEqualTo("unverified from 127.0.0.1");
              assertThat(entry.event().what()).isEqualTo(TestService.STORED);
            });
  }

  @Test
  void tokenForTheKeyOfAnotherRequestIsRefused() throws Exception {
    ServiceClient client = setting.client(setting.start());
    try (HpkeIdentity thief = HpkeIdentity.fresh(setting.random)) {
      String stolen =
          setting.issuer.token(TestService.JOB, TestService.URL.audience(thief.recipient()));

      assertThatExceptionOfType(ServiceException.class)
          .isThrownBy(() -> client.exchange(List.of(TestService.STORED), _ -> stolen))
          .withMessageContaining("another audience");
    }
  }

  @Test
  void requestThatIsSentAgainIsRefusedHereAtAReplicaAndAfterARestart() throws Exception {
    CredentialService first = setting.start();
    CredentialService replica = setting.start();
    byte[] request = setting.request();

    assertThat(setting.post(first, request)).isEqualTo(200);
    assertThat(setting.post(first, request)).isEqualTo(403);
    assertThat(setting.post(replica, request)).isEqualTo(403);
    first.close();
    replica.close();
    assertThat(setting.post(setting.start(), request)).isEqualTo(403);

    assertThat(setting.audit())
        .extracting(entry -> entry.event().outcome())
        .containsExactly(
            AuditOutcome.DONE, AuditOutcome.DENIED, AuditOutcome.DENIED, AuditOutcome.DENIED);
    assertThat(setting.audit().getLast().event().why()).contains("used before");
  }

  @Test
  void replicasHaveOneKey() throws Exception {
    assertThat(setting.start().serviceKey()).isEqualTo(setting.start().serviceKey());
  }

  @Test
  void serviceWithAnotherKeyIsNotBelieved() throws Exception {
    CredentialService service = setting.start();
    try (SigningKey other = KeyKind.SIGNING.fresh(setting.random)) {
      ServiceClient client = setting.client(service, other.verifyingKey());

      assertThatExceptionOfType(ServiceException.class)
          .isThrownBy(
              () -> client.exchange(List.of(TestService.STORED), setting.tokens(TestService.JOB)))
          .satisfies(e -> assertThat(e.fault()).isEqualTo(Fault.NOT_AUTHENTIC));
    }
  }

  @Test
  void whoeverEndsTlsBetweenSeesNoValue() throws Exception {
    CredentialService service = setting.start();
    byte[][] seen = new byte[2][];
    try (FakeService between =
        new FakeService(
            request -> {
              seen[0] = request;
              seen[1] = setting.send(service, Wire.CREDENTIALS_PAGE, request);
              return FakeService.response(seen[1]);
            })) {
      ServiceClient client =
          new ServiceClient(
              TestService.URL,
              service.serviceKey(),
              between.httpForAnyHost(),
              setting.random,
              _ -> {});
      try (Exchanged exchanged =
          client.exchange(List.of(TestService.STORED), setting.tokens(TestService.JOB))) {
        assertThat(exchanged.granted()).hasSize(1);
      }
    }
    assertThat(new String(seen[1], ISO_8859_1)).doesNotContain("marker-8c1f90d27ab34e56");
  }

  @Test
  void nothingThatTheServiceWritesHoldsAValue() throws Exception {
    try (LogCapture log = new LogCapture()) {
      CredentialService service = setting.start();
      setting.ask(service, TestService.STORED, "NONE", "OTHER").close();
      Files.writeString(setting.policy, "version: 9");
      service.reload();
      service.close();

      assertThat(log.text()).contains("policy.yml").doesNotContain("marker-8c1f90d27ab34e56");
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file, ISO_8859_1)).doesNotContain("marker-8c1f90d27ab34e56");
      }
    }
  }
}
