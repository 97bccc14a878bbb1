package io.github.cachemesh.core.service;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.cachemesh.core.audit.AuditAction;
import io.github.cachemesh.core.audit.AuditOutcome;
import io.github.cachemesh.core.github.ApiLimits;
import io.github.cachemesh.core.github.AppKey;
import io.github.cachemesh.core.github.GitHubApp;
import io.github.cachemesh.core.service.DeniedCredential.Reason;
import io.github.cachemesh.testkit.github.App;
import io.github.cachemesh.testkit.github.GitHubSimulator;
import io.github.cachemesh.testkit.oidc.JobClaims;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens of a GitHub App, minted for a job and given back, against the simulator. */
class MintedTokensTest {
  private static final App APP =
      App.generate(4711, "credentials-app")
          .installed(99, Map.of("contents", "write", "issues", "read"), "octo-org/app");

  @TempDir Path folder;
  private GitHubSimulator simulator;
  private TestService setting;

  @BeforeEach
  void open() throws Exception {
    simulator =
        GitHubSimulator.builder().sizes(1, 1, 1).privateRepository("octo-org/app").app(APP).start();
    setting = new TestService(folder);
    setting.app =
        Optional.of(
            new GitHubApp(
                simulator.uri(),
                AppKey.parse(APP.clientId(), APP.privateKeyPem().getBytes(US_ASCII)),
                new OkHttpClient(),
                ApiLimits.DEFAULT.within(Duration.ofSeconds(5))));
  }

  @AfterEach
  void close() throws Exception {
    setting.close();
    simulator.close();
  }

  @Test
  void grantedTokenWorksUntilItsLeaseIsGivenBackToAnyReplica() throws Exception {
    CredentialService first = setting.start();
    CredentialService replica = setting.start();
    try (Exchanged exchanged = ask(first)) {
      GrantedCredential token = exchanged.granted().getFirst();
      assertThat(token.export()).isEqualTo(Export.ENV);
      assertThat(token.expires()).isBefore(Instant.now().plus(Duration.ofMinutes(61)));
      assertThat(status(token)).isEqualTo(200);
      Lease lease = Lease.parse(token.lease().orElseThrow().text());

      assertThat(setting.client(replica).release(List.of(lease))).containsExactly(Released.REVOKED);

      assertThat(status(token)).isEqualTo(401);
      assertThat(setting.client(first).release(List.of(lease))).containsExactly(Released.REVOKED);
    }
    assertThat(setting.audit())
        .extracting(entry -> entry.event().action())
        .containsExactly(AuditAction.GRANT, AuditAction.REVOKE, AuditAction.REVOKE);
    assertThat(setting.audit().get(1).event())
        .satisfies(
            event -> {
              assertThat(event.what()).isEqualTo("APP_TOKEN");
              assertThat(event.who()).contains("octo-org/app");
              assertThat(event.outcome()).isEqualTo(AuditOutcome.DONE);
            });
  }

  @Test
  void leaseIsGivenBackAfterARestart() throws Exception {
    CredentialService before = setting.start();
    try (Exchanged exchanged = ask(before)) {
      GrantedCredential token = exchanged.granted().getFirst();
      before.close();

      setting.client(setting.start()).release(List.of(token.lease().orElseThrow()));

      assertThat(status(token)).isEqualTo(401);
    }
  }

  @Test
  void leaseThatTheServiceDidNotGiveOutIsUnknownAndNotLogged() throws Exception {
    List<Released> released =
        setting.client(setting.start()).release(List.of(Lease.parse("A".repeat(200))));

    assertThat(released).containsExactly(Released.UNKNOWN);
    assertThat(setting.audit()).isEmpty();
  }

  @Test
  void tokenThatGitHubCannotEndIsSaidToLive() throws Exception {
    CredentialService service = setting.start();
    try (Exchanged exchanged = ask(service)) {
      simulator.close();

      assertThat(
              setting
                  .client(service)
                  .release(List.of(exchanged.granted().getFirst().lease().orElseThrow())))
          .containsExactly(Released.FAILED);
    }
    assertThat(setting.audit().getLast().event().outcome()).isEqualTo(AuditOutcome.FAILED);
  }

  @Test
  void nothingIsMintedForAJobThatThePolicyDenies() throws Exception {
    JobClaims staging = TestService.JOB.environment("staging");
    try (Exchanged exchanged =
        setting.client(setting.start()).exchange(List.of("APP_TOKEN"), setting.tokens(staging))) {
      assertThat(exchanged.denied())
          .containsExactly(new DeniedCredential("APP_TOKEN", Reason.NOT_GRANTED));
    }
    assertThat(simulator.ledger().requests()).isEmpty();
  }

  @Test
  void grantBeyondTheInstallationIsUnavailable() throws Exception {
    Files.writeString(
        setting.policy, TestService.POLICY.replace("contents: write", "administration: write"));

    try (Exchanged exchanged = ask(setting.start())) {
      assertThat(exchanged.denied())
          .containsExactly(new DeniedCredential("APP_TOKEN", Reason.UNAVAILABLE));
    }
    assertThat(setting.audit().getFirst().event().why()).contains("grant token: GitHub refuses");
  }

  @Test
  void serviceWithoutAnAppMintsNothing() throws Exception {
    setting.app = Optional.empty();

    try (Exchanged exchanged = ask(setting.start())) {
      assertThat(exchanged.denied())
          .containsExactly(new DeniedCredential("APP_TOKEN", Reason.UNAVAILABLE));
    }
  }

  @Test
  void tokenThatCannotBeLoggedIsEndedAndNotGiven() throws Exception {
    CredentialService service = setting.start();
    ask(service).close();
    try (Stream<Path> logs = Files.list(setting.state.resolve("audit"))) {
      Path log =
          logs.filter(file -> file.getFileName().toString().endsWith(".jsonl"))
              .findFirst()
              .orElseThrow();
      Files.writeString(log, "{}\n");
    }

    assertThatExceptionOfType(ServiceException.class)
        .isThrownBy(() -> ask(service))
        .satisfies(e -> assertThat(e.fault()).isEqualTo(ServiceException.Fault.BUSY));
    assertThat(simulator.ledger().requests())
        .filteredOn(entry -> entry.method().equals("DELETE"))
        .hasSize(3)
        .allSatisfy(entry -> assertThat(entry.status()).isEqualTo(204));
  }

  @Test
  void nothingThatTheServiceWritesHoldsAToken() throws Exception {
    String token;
    try (LogCapture log = new LogCapture()) {
      CredentialService service = setting.start();
      try (Exchanged exchanged = ask(service)) {
        GrantedCredential granted = exchanged.granted().getFirst();
        token = new String(granted.value(), US_ASCII);
        setting.client(service).release(List.of(granted.lease().orElseThrow()));
      }
      service.close();
      assertThat(log.text()).doesNotContain(token);
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file, ISO_8859_1)).doesNotContain(token);
      }
    }
  }

  private Exchanged ask(CredentialService service) throws Exception {
    return setting.client(service).exchange(List.of("APP_TOKEN"), setting.tokens(TestService.JOB));
  }

  private int status(GrantedCredential token) throws Exception {
    Request request =
        new Request.Builder()
            .url(simulator.uri() + "/repos/octo-org/app/commits")
            .header("Authorization", "Bearer " + new String(token.value(), US_ASCII))
            .header("User-Agent", "test")
            .build();
    try (Response response = new OkHttpClient().newCall(request).execute()) {
      return response.code();
    }
  }
}
