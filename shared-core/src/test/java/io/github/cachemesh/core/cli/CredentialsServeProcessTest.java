package io.github.cachemesh.core.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cachemesh.core.credential.KeyText;
import io.github.cachemesh.core.credential.RawKey;
import io.github.cachemesh.core.credential.SealedStore;
import io.github.cachemesh.core.credential.StorePolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code cachemesh credentials serve} as a process of its own. */
@Timeout(60)
class CredentialsServeProcessTest {
  private static final Pattern READY =
      Pattern.compile(
          "INFO cachemesh: ready url=https://localhost listen=127\\.0\\.0\\.1:(\\d+)"
              + " service-key=([A-Za-z0-9_-]{43}) pid=\\d+\n");

  private static final Map<String, String> FILES =
      Map.of(
          "--policy", "policy.yml",
          "--store", "store.cmstore",
          "--key-file", "store.key",
          "--state-dir", "state",
          "--tls-cert", "tls.pem",
          "--tls-key", "tls.key");

  @TempDir Path folder;
  private final HeldCertificate certificate =
      new HeldCertificate.Builder().addSubjectAlternativeName("localhost").build();
  private final List<Process> processes = new ArrayList<>();

  @BeforeEach
  void write() throws Exception {
    SecureRandom random = new SecureRandom();
    try (RawKey key = RawKey.fresh(random)) {
      SealedStore store =
          new SealedStore(folder.resolve("store.cmstore"), random, Clock.systemUTC());
      Files.write(
          folder.resolve("store.key"),
          KeyText.of(store.create("owner", key, StorePolicy.DEFAULT), key));
    }
    Files.writeString(folder.resolve("tls.pem"), certificate.certificatePem());
    Files.writeString(folder.resolve("tls.key"), certificate.privateKeyPkcs8Pem());
    Files.writeString(
        folder.resolve("policy.yml"),
        """
        version: 1
        grants: [{id: a, who: {repository_id: 1, environment: b}, what: KEY, export: env}]
        """);
  }

  @AfterEach
  void end() throws InterruptedException {
    for (Process process : processes) {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void servesUntilItIsToldToEnd() throws Exception {
    Process process = serve("--url", "https://localhost/");
    Matcher ready = awaitReady(process);

    try (Response response =
        http()
            .newCall(
                new Request.Builder()
                    .url("https://localhost:" + ready.group(1) + "/health")
                    .build())
            .execute()) {
      assertThat(response.code()).isEqualTo(200);
    }
    process.destroy();

    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
    assertThat(log()).endsWith("cachemesh: stopped\n");
  }

  @Test
  void policyThatIsWrongIsRefusedByPlace() throws Exception {
    Files.writeString(folder.resolve("policy.yml"), "version: 1\ngrants: [{id: a}]\n");

    assertThat(exitCode(serve("--url", "https://localhost"))).isEqualTo(2);
    assertThat(log()).contains("policy.yml: grants[0]: 'who' is missing");
  }

  @Test
  void keyThatIsNotTheCertificatesIsRefusedAndNotQuoted() throws Exception {
    Files.writeString(folder.resolve("tls.key"), "no key: secret");

    assertThat(exitCode(serve("--url", "https://localhost"))).isOne();
    assertThat(log()).contains("tls.key", "PKCS #8").doesNotContain("secret");
  }

  @Test
  void urlWithoutTlsIsRefused() throws Exception {
    assertThat(exitCode(serve("--url", "http://localhost"))).isEqualTo(2);
    assertThat(log()).contains("the service's URL is https://");
  }

  private Process serve(String... more) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "io.github.cachemesh.core.cli.Main",
                "credentials",
                "serve"));
    FILES.forEach(
        (option, file) -> command.addAll(List.of(option, folder.resolve(file).toString())));
    command.addAll(List.of("--listen", "127.0.0.1:0"));
    command.addAll(List.of(more));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(folder.resolve("serve.err").toFile());
    builder.environment().keySet().removeIf(name -> name.toUpperCase().matches("CACHE.*|.*_PROXY"));
    Process process = builder.start();
    processes.add(process);
    return process;
  }

  private Matcher awaitReady(Process process) throws IOException {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> READY.matcher(log()).find() || !process.isAlive());
    Matcher ready = READY.matcher(log());
    assertThat(ready.find()).as(log()).isTrue();
    return ready;
  }

  private String log() throws IOException {
    return Files.readString(folder.resolve("serve.err"));
  }

  private static int exitCode(Process process) throws InterruptedException {
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  private OkHttpClient http() {
    HandshakeCertificates trusted =
        new HandshakeCertificates.Builder()
            .addTrustedCertificate(certificate.certificate())
            .build();
    return new OkHttpClient.Builder()
        .sslSocketFactory(trusted.sslSocketFactory(), trusted.trustManager())
        .build();
  }
}
