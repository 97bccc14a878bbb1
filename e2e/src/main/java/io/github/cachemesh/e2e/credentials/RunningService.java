package io.github.cachemesh.e2e.credentials;

import io.github.cachemesh.actions.EnvironmentProxies;
import io.github.cachemesh.core.envelope.VerifyingKey;
import io.github.cachemesh.core.proxy.TrustedCertificates;
import io.github.cachemesh.core.service.ServiceClient;
import io.github.cachemesh.core.service.ServiceUrl;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.OkHttpClient;

/** A process of {@code cachemesh credentials serve}, until it is closed. */
final class RunningService implements AutoCloseable {
  private static final int START_SECONDS = 60;
  private static final int POLL_MILLIS = 50;
  private static final Pattern READY = Pattern.compile("cachemesh: ready .*service-key=(\\S+)");

  private final Process process;
  private final URI uri;
  private final VerifyingKey key;
  private final Certificates certificates;

  private RunningService(Process process, URI uri, VerifyingKey key, Certificates certificates) {
    this.process = process;
    this.uri = uri;
    this.key = key;
    this.certificates = certificates;
  }

  /**
   * Starts it, and returns when it says that it is ready.
   *
   * @param program which listens at that port of 127.0.0.1
   */
  static RunningService start(Program program, int port, Certificates certificates, Path logs)
      throws Exception {
    Path log = Files.createTempFile(logs, "serve", ".log");
    Process process =
        program.builder().redirectErrorStream(true).redirectOutput(log.toFile()).start();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    Matcher ready = READY.matcher("");
    while (!ready.reset(Files.readString(log)).find()) {
      if (process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
        process.destroyForcibly().waitFor();
        throw new IOException("the service does not start: " + Files.readString(log));
      }
    }
    return new RunningService(
        process,
        URI.create("https://localhost:" + port),
        VerifyingKey.parse(ready.group(1)),
        certificates);
  }

  /** Where it listens. */
  URI uri() {
    return uri;
  }

  /** What clients pin. */
  VerifyingKey key() {
    return key;
  }

  /** What a client asks with. */
  OkHttpClient http() throws IOException {
    return ServiceClient.http(
        new EnvironmentProxies(Map.of()), TrustedCertificates.ofJdkAnd(certificates.ca()));
  }

  /** A client of it. */
  ServiceClient client(OkHttpClient http) {
    return client(uri, http);
  }

  /** A client that reaches it by another address. */
  ServiceClient client(URI by, OkHttpClient http) {
    return new ServiceClient(ServiceUrl.of(by), key, http, new SecureRandom());
  }

  /** Kills it, so that it cannot tidy up. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(START_SECONDS, TimeUnit.SECONDS)) {
      kill();
    }
  }
}
