package io.github.cachemesh.core.service;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.cachemesh.core.credential.Anchor;
import io.github.cachemesh.core.credential.CredentialId;
import io.github.cachemesh.core.credential.Scope;
import io.github.cachemesh.core.audit.AuditAction;
import io.github.cachemesh.core.audit.AuditOutcome;
import io.github.cachemesh.core.credential.Expiry;
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
import java.util.concurrent.Executors;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole services over HTTPS, with tokens of the testkit's issuer. */
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
    try (Exchanged exchanged = ask(setting.start(), TestService.STORED)) {
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
    byte[] request = request();

    assertThat(post(first, request)).isEqualTo(200);
    assertThat(post(first, request)).isEqualTo(403);
    assertThat(post(replica, request)).isEqualTo(403);
    first.close();
    replica.close();
    assertThat(post(setting.start(), request)).isEqualTo(403);

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
              () ->
                  client.exchange(
                      List.of(TestService.STORED), setting.tokens(TestService.JOB)))
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
              seen[1] = send(service, Wire.CREDENTIALS_PAGE, request);
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
      ask(service, TestService.STORED, "NONE", "OTHER").close();
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

  @Test
  void whatIsGrantedAndNotThereIsDenied() throws Exception {
    try (Exchanged exchanged = ask(setting.start(), "NONE", TestService.STORED)) {
      assertThat(exchanged.granted()).hasSize(1);
      assertThat(exchanged.denied())
          .containsExactly(new DeniedCredential("NONE", Reason.NOT_FOUND));
    }
  }

  @Test
  void valueOfAnotherEnvironmentIsNotThereForThisJob() throws Exception {
    setting.store.change(
        setting.owner,
        Anchor.none(),
        editor ->
            editor.set(
                CredentialId.parse(
                    "NONE",
                    Scope.parse("environment:1:production")),
                new byte[] {1},
                new Expiry.Never()));

    try (Exchanged exchanged = ask(setting.start(), "NONE")) {
      assertThat(exchanged.denied())
          .containsExactly(new DeniedCredential("NONE", Reason.NOT_FOUND));
    }
  }

  @Test
  void expiredValueIsDenied() throws Exception {
    setting.set("NONE", new byte[] {1}, new Expiry.At(Instant.now().minusSeconds(5)));

    try (Exchanged exchanged = ask(setting.start(), "NONE")) {
      assertThat(exchanged.denied()).containsExactly(new DeniedCredential("NONE", Reason.EXPIRED));
    }
    assertThat(setting.audit().getFirst().event().outcome()).isEqualTo(AuditOutcome.EXPIRED);
  }

  @Test
  void valueExpiresNoLaterThanInTheStore() throws Exception {
    Instant soon = Instant.ofEpochSecond(Instant.now().getEpochSecond() + 60);
    setting.set("NONE", new byte[] {1}, new Expiry.At(soon));

    try (Exchanged exchanged = ask(setting.start(), "NONE")) {
      assertThat(exchanged.granted().getFirst().expires()).isEqualTo(soon);
    }
  }

  @Test
  void newValueIsGivenWithoutARestart() throws Exception {
    CredentialService service = setting.start();
    ask(service, TestService.STORED).close();
    setting.set(TestService.STORED, "new".getBytes(UTF_8), new Expiry.Never());

    try (Exchanged exchanged = ask(service, TestService.STORED)) {
      assertThat(exchanged.granted().getFirst().value()).isEqualTo("new".getBytes(UTF_8));
    }
  }

  @Test
  void damagedStoreGivesNothingUntilItIsRestored() throws Exception {
    CredentialService service = setting.start();
    Path file = setting.store.file();
    byte[] good = Files.readAllBytes(file);
    Files.writeString(file, "{}");

    try (Exchanged exchanged = ask(service, TestService.STORED)) {
      assertThat(exchanged.denied())
          .containsExactly(new DeniedCredential(TestService.STORED, Reason.UNAVAILABLE));
    }
    assertThat(get(service, "/health")).isEqualTo(503);
    assertThat(setting.audit().getLast().event().outcome()).isEqualTo(AuditOutcome.FAILED);

    Files.write(file, good);
    try (Exchanged exchanged = ask(service, TestService.STORED)) {
      assertThat(exchanged.granted()).hasSize(1);
    }
    assertThat(get(service, "/health")).isEqualTo(200);
  }

  @Test
  void storeThatIsRolledBackGivesNothing() throws Exception {
    byte[] old = Files.readAllBytes(setting.store.file());
    setting.set("NONE", new byte[] {1}, new Expiry.Never());
    CredentialService service = setting.start();
    ask(service, TestService.STORED).close();
    Files.write(setting.store.file(), old);

    try (Exchanged exchanged = ask(service, TestService.STORED)) {
      assertThat(exchanged.denied())
          .containsExactly(new DeniedCredential(TestService.STORED, Reason.UNAVAILABLE));
    }
  }

  @Test
  void valuesBeyondTheBoundOfAnAnswerAreLeftOut() throws Exception {
    Files.writeString(
        setting.policy, TestService.POLICY.replace("[DEPLOY_KEY, NONE]", "'*_KEY'"));
    List<String> names = Stream.iterate(0, i -> i + 1).limit(9).map(i -> i + "_KEY").toList();
    setting.store.change(
        setting.owner,
        Anchor.none(),
        editor -> {
          for (String name : names) {
            editor.set(
                new CredentialId(name, TestService.environment()),
                new byte[1 << 20],
                new Expiry.Never());
          }
          return names;
        });

    try (Exchanged exchanged = ask(setting.start(), names.toArray(String[]::new))) {
      assertThat(exchanged.granted()).hasSize(8);
      assertThat(exchanged.denied())
          .containsExactly(new DeniedCredential("8_KEY", Reason.UNAVAILABLE));
    }
  }

  @Test
  void wrongPolicyLeavesTheOneBeforeAndIsLogged() throws Exception {
    CredentialService service = setting.start();
    Files.writeString(setting.policy, TestService.POLICY.replace("environment:", "enviroment:"));
    service.reload();

    try (Exchanged exchanged = ask(service, TestService.STORED)) {
      assertThat(exchanged.granted()).hasSize(1);
    }
    assertThat(setting.audit().getFirst().event())
        .satisfies(
            event -> {
              assertThat(event.action()).isEqualTo(AuditAction.RELOAD);
              assertThat(event.outcome()).isEqualTo(AuditOutcome.FAILED);
              assertThat(event.why()).contains("enviroment");
            });
    assertThat(text(service, "/health")).contains("\"policy\":\"see the log\"");
    assertThat(text(service, "/metrics"))
        .contains("cachemesh_service_policy_current 0.0")
        .contains("cachemesh_service_policy_reloads_total{outcome=\"refused\"} 1.0");
  }

  @Test
  void changedPolicyDecidesWithoutARestart() throws Exception {
    CredentialService service = setting.start();
    Files.writeString(
        setting.policy, TestService.POLICY.replace("environment: production\n", "environment: x\n"));
    service.reload();

    try (Exchanged exchanged = ask(service, TestService.STORED)) {
      assertThat(exchanged.denied()).hasSize(1);
    }
  }

  @Test
  void repositoryThatAsksTooOftenIsHeldBack() throws Exception {
    setting.requestsPerMinute = 2;
    CredentialService service = setting.start();

    assertThat(post(service, request())).isEqualTo(200);
    assertThat(post(service, request())).isEqualTo(200);
    assertThat(post(service, request())).isEqualTo(429);
  }

  @Test
  void requestUnderWayIsAnsweredWhenTheServiceEnds() throws Exception {
    GatedKeys keys = new GatedKeys(setting);
    setting.issuerKeys = Optional.of(keys);
    CredentialService service = setting.start();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var asked = threads.submit(() -> post(service, request()));
      keys.entered.await();
      var closed = threads.submit(service::close);
      assertThat(closed.isDone()).isFalse();
      keys.leave.countDown();

      assertThat(asked.get()).isEqualTo(200);
      closed.get();
    }
  }

  @Test
  void issuerThatCannotBeAskedIsNoRefusal() throws Exception {
    CredentialService service = setting.start();
    byte[] request = request();
    setting.issuer.close();

    assertThat(post(service, request)).isEqualTo(503);
  }

  @Test
  void pagesTellWhatTheyAre() throws Exception {
    CredentialService service = setting.start();
    ask(service, TestService.STORED, "OTHER").close();

    assertThat(text(service, "/health"))
        .isEqualToIgnoringWhitespace(
            "{\"policy\":\"ok\",\"store\":\"ok\",\"audit\":\"ok\"}");
    assertThat(text(service, "/metrics"))
        .contains("cachemesh_service_requests_total{outcome=\"answered\"} 1.0")
        .contains("cachemesh_service_credentials_total{outcome=\"granted\"} 1.0")
        .contains("cachemesh_service_credentials_total{outcome=\"not_granted\"} 1.0")
        .contains("cachemesh_service_request_duration_seconds_count 1")
        .doesNotContain(TestService.STORED);
    assertThat(get(service, "/none")).isEqualTo(404);
    assertThat(get(service, Wire.CREDENTIALS_PAGE)).isEqualTo(405);
    assertThat(post(service, "[]".getBytes(UTF_8))).isEqualTo(400);
    assertThat(post(service, new byte[Wire.MAX_REQUEST_BYTES + 1])).isEqualTo(413);
  }

  private Exchanged ask(CredentialService service, String... names) throws Exception {
    return setting
        .client(service)
        .exchange(List.of(names), setting.tokens(TestService.JOB));
  }

  private byte[] request() throws Exception {
    return request(TokenForge::good);
  }

  /** A request whose answer nobody opens. */
  private byte[] request(Function<TokenForge, String> token) throws Exception {
    try (HpkeIdentity identity = HpkeIdentity.fresh(setting.random)) {
      String audience = TestService.URL.audience(identity.recipient());
      return new Asking.ForCredentials(
              "request",
              identity.recipient(),
              List.of(TestService.STORED),
              token.apply(setting.issuer.forge(TestService.JOB, audience)))
          .bytes();
    }
  }

  private int post(CredentialService service, byte[] request) throws Exception {
    try (Response response = response(service, Wire.CREDENTIALS_PAGE, request)) {
      return response.code();
    }
  }

  private byte[] send(CredentialService service, String page, byte[] request) throws Exception {
    try (Response response = response(service, page, request)) {
      return response.body().bytes();
    }
  }

  private Response response(CredentialService service, String page, byte[] request)
      throws Exception {
    return setting
        .http(service.port())
        .newCall(
            new Request.Builder()
                .url(TestService.URL.page(page).toString())
                .post(RequestBody.create(request, MediaType.get("application/json")))
                .build())
        .execute();
  }

  private int get(CredentialService service, String page) throws Exception {
    try (Response response = got(service, page)) {
      return response.code();
    }
  }

  private String text(CredentialService service, String page) throws Exception {
    try (Response response = got(service, page)) {
      return response.body().string();
    }
  }

  private Response got(CredentialService service, String page) throws Exception {
    return setting
        .http(service.port())
        .newCall(new Request.Builder().url(TestService.URL.page(page).toString()).build())
        .execute();
  }
}
