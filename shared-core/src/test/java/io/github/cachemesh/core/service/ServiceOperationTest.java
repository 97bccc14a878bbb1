package io.github.cachemesh.core.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.core.audit.AuditAction;
import io.github.cachemesh.core.audit.AuditOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What those who run a service do with it. */
class ServiceOperationTest {
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
  void wrongPolicyLeavesTheOneBeforeAndIsLogged() throws Exception {
    CredentialService service = setting.start();
    Files.writeString(setting.policy, TestService.POLICY.replace("environment:", "enviroment:"));
    service.reload();

    try (Exchanged exchanged = setting.ask(service, TestService.STORED)) {
      assertThat(exchanged.granted()).hasSize(1);
    }
    assertThat(setting.audit().getFirst().event())
        .satisfies(
            event -> {
              assertThat(event.action()).isEqualTo(AuditAction.RELOAD);
              assertThat(event.outcome()).isEqualTo(AuditOutcome.FAILED);
              assertThat(event.why()).contains("enviroment");
            });
    assertThat(setting.text(service, "/health")).contains("\"policy\":\"see the log\"");
    assertThat(setting.text(service, "/metrics"))
        .contains("cachemesh_service_policy_current 0.0")
        .contains("cachemesh_service_policy_reloads_total{outcome=\"refused\"} 1.0");
  }

  @Test
  void changedPolicyDecidesWithoutARestart() throws Exception {
    CredentialService service = setting.start();
    Files.writeString(
        setting.policy,
        TestService.POLICY.replace("environment: production\n", "environment: x\n"));
    service.reload();

    try (Exchanged exchanged = setting.ask(service, TestService.STORED)) {
      assertThat(exchanged.denied()).hasSize(1);
    }
  }

  @Test
  void renewedCertificateIsServedWithoutARestart() throws Exception {
    CredentialService service = setting.start();
    setting.renewCertificate();
    service.reload();

    try (Exchanged exchanged = setting.ask(service, TestService.STORED)) {
      assertThat(exchanged.granted()).hasSize(1);
    }
    assertThat(setting.audit().getFirst().event())
        .satisfies(
            event -> {
              assertThat(event.what()).isEqualTo("certificate");
              assertThat(event.outcome()).isEqualTo(AuditOutcome.DONE);
            });
  }

  @Test
  void wrongCertificateLeavesTheOneBeforeAndIsLogged() throws Exception {
    CredentialService service = setting.start();
    Files.writeString(folder.resolve("tls.pem"), "none");
    service.reload();

    assertThat(setting.text(service, "/health")).contains("\"tls\":\"see the log\"");
    assertThat(setting.get(service, "/health")).isEqualTo(200);
    assertThat(setting.text(service, "/metrics")).contains("cachemesh_service_tls_current 0.0");
    assertThat(setting.audit().getFirst().event().outcome()).isEqualTo(AuditOutcome.FAILED);
  }

  @Test
  void repositoryThatAsksTooOftenIsHeldBack() throws Exception {
    setting.requestsPerMinute = 2;
    CredentialService service = setting.start();

    assertThat(setting.post(service, setting.request())).isEqualTo(200);
    assertThat(setting.post(service, setting.request())).isEqualTo(200);
    assertThat(setting.post(service, setting.request())).isEqualTo(429);
  }

  @Test
  void copyOfTheStateThatWasMadeWhileItRanServesWhenItIsPutBack() throws Exception {
    CredentialService service = setting.start();
    byte[] request = setting.request();
    assertThat(setting.post(service, request)).isEqualTo(200);
    Path backup = folder.resolve("backup");
    copy(setting.state, backup);
    service.close();
    Files.move(setting.state, folder.resolve("lost"));
    copy(backup, setting.state);

    CredentialService restored = setting.start();

    assertThat(restored.serviceKey()).isEqualTo(service.serviceKey());
    assertThat(setting.post(restored, request)).isEqualTo(403);
    assertThat(setting.audit())
        .extracting(entry -> entry.event().outcome())
        .containsExactly(AuditOutcome.DONE, AuditOutcome.DENIED);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  @Test
  void requestUnderWayIsAnsweredWhenTheServiceEnds() throws Exception {
    GatedKeys keys = new GatedKeys(setting);
    setting.issuerKeys = Optional.of(keys);
    CredentialService service = setting.start();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var asked = threads.submit(() -> setting.post(service, setting.request()));
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
    byte[] request = setting.request();
    setting.issuer.close();

    assertThat(setting.post(service, request)).isEqualTo(503);
  }

  @Test
  void pagesTellWhatTheyAre() throws Exception {
    CredentialService service = setting.start();
    setting.ask(service, TestService.STORED, "OTHER").close();

    assertThat(setting.text(service, "/health"))
        .isEqualToIgnoringWhitespace(
            "{\"policy\":\"ok\",\"tls\":\"ok\",\"store\":\"ok\",\"audit\":\"ok\"}");
    assertThat(setting.text(service, "/metrics"))
        .contains("cachemesh_service_requests_total{outcome=\"answered\"} 1.0")
        .contains("cachemesh_service_credentials_total{outcome=\"granted\"} 1.0")
        .contains("cachemesh_service_credentials_total{outcome=\"not_granted\"} 1.0")
        .contains("cachemesh_service_request_duration_seconds_count 1")
        .doesNotContain(TestService.STORED);
    assertThat(setting.get(service, "/none")).isEqualTo(404);
    assertThat(setting.get(service, Wire.CREDENTIALS_PAGE)).isEqualTo(405);
    assertThat(setting.post(service, "[]".getBytes(UTF_8))).isEqualTo(400);
    assertThat(setting.post(service, new byte[Wire.MAX_REQUEST_BYTES + 1])).isEqualTo(413);
  }
}
