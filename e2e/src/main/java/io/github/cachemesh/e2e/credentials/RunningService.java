package io.github.cachemesh.e2e.credentials;

import io.github.cachemesh.actions.EnvironmentProxies;
import io.github.cachemesh.core.envelope.VerifyingKey;
import io.github.cachemesh.core.proxy.TrustedCertificates;
import io.github.cachemesh.core.service.ServiceClient;
import io.github.cachemesh.core.service.ServiceKeys;
import io.github.cachemesh.core.service.ServiceUrl;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** A process of {@code cachemesh credentials serve}, until it is closed. */
final class RunningService implements AutoCloseable {
  private static final int START_SECONDS = 60;
  private static final int POLL_MILLIS = 50;

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
   * Starts it, and returns when it serves.
   *
   * @param program which listens at that port of 127.0.0.1
   * @param key the file of the service's keys, which it makes when it starts for the first time
   */
  static RunningService start(
      Program program, int port, Path key, Certificates certificates, Path logs) throws Exception {
    Path err = Files.createTempFile(logs, "serve", ".err");
    Process process =
        program
            .builder()
            .redirectOutput(Files.createTempFile(logs, "serve", ".out").toFile())
            .redirectError(err.toFile())
            .start();
    URI uri = URI.create("https://localhost:" + port);
    OkHttpClient http = http(certificates);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    for (String health = health(http, uri); !health.isEmpty(); health = health(http, uri)) {
      if (process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
        process.destroyForcibly().waitFor();
        throw new IOException(
            "the service does not start: %s: %s".formatted(health, Files.readString(err)));
      }
    }
    try (ServiceKeys keys = ServiceKeys.in(key, new SecureRandom(), Clock.systemUTC())) {
      return new RunningService(process, uri, keys.verifyingKey(), certificates);
    }
  }

  /** Why it does not serve; empty when it does. */
  private static String health(OkHttpClient http, URI uri) {
    Request health = new Request.Builder().url(uri.resolve("/health").toString()).build();
    try (Response response = http.newCall(health).execute()) {
      return response.code() == 200 ? "" : response.body().string();
    } catch (IOException e) {
      return e.toString();
    }
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
    return http(certificates);
  }

  private static OkHttpClient http(Certificates certificates) throws IOException {
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
