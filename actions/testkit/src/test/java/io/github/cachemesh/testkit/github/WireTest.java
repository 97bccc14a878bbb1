package io.github.cachemesh.testkit.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WireTest {
  private GitHubSimulator simulator;
  private Reader reader;

  @BeforeEach
  void start() throws Exception {
    simulator = GitHubSimulator.builder().sizes(3, 3, 3).start();
    reader = new Reader(simulator);
  }

  @AfterEach
  void stop() {
    reader.close();
    simulator.close();
  }

  private String exchange(String requests) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", simulator.uri().getPort())) {
      socket.setSoTimeout(5_000);
      socket.getOutputStream().write(requests.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void pipelinedRequestsAreAnsweredInOrder() throws Exception {
    simulator.faults().inject("/zen", new Fault.DelayedHeaders(Duration.ofMillis(50)), 1);
    String head = " HTTP/1.1\r\nHost: x\r\nUser-Agent: t\r\n";
    String answers =
        exchange("GET /zen" + head + "\r\nGET /rate_limit" + head + "Connection: close\r\n\r\n");
    assertThat(answers).containsSubsequence("Keep it logically awesome.", "\"resources\"");
  }

  @Test
  void injectedStatusStrikesAsOftenAsAskedAndCostsNothing() throws Exception {
    simulator.faults().inject("/zen", new Fault.Status(502), 1);
    assertThat(reader.get("/zen").statusCode()).isEqualTo(502);
    assertThat(simulator.ledger().pointsCharged()).isZero();
    assertThat(reader.get("/zen").statusCode()).isEqualTo(200);
  }

  @Test
  void resetConnectionGivesNoAnswer() {
    simulator.faults().inject("/zen", new Fault.Reset(), 100);
    assertThatThrownBy(() -> exchange("GET /zen HTTP/1.1\r\nHost: x\r\nUser-Agent: t\r\n\r\n"))
        .isInstanceOf(IOException.class);
    assertThat(simulator.ledger().requests())
        .allSatisfy(entry -> assertThat(entry.status()).isZero());
  }

  @Test
  void truncatedBodyEndsEarly() throws Exception {
    simulator.faults().inject("/zen", new Fault.Truncate(4), 1);
    assertThat(exchange("GET /zen HTTP/1.1\r\nHost: x\r\nUser-Agent: t\r\n\r\n"))
        .contains("Content-Length: 26\r\n")
        .endsWith("\r\n\r\nKeep");
  }

  @Test
  void slowBodyArrivesWhole() throws Exception {
    simulator.faults().inject("/zen", new Fault.SlowBody(10, Duration.ofMillis(5)), 1);
    assertThat(reader.get("/zen").body()).isEqualTo("Keep it logically awesome.");
  }

  @Test
  void silenceLastsUntilTheClientGivesUp() throws Exception {
    simulator.faults().inject("/zen", new Fault.Silence(), 1);
    try (Socket socket = new Socket("127.0.0.1", simulator.uri().getPort())) {
      socket.setSoTimeout(100);
      socket.getOutputStream().write("GET /zen HTTP/1.1\r\nHost: x\r\n\r\n".getBytes());
      assertThatThrownBy(() -> socket.getInputStream().read())
          .isInstanceOf(java.net.SocketTimeoutException.class);
    }
  }

  @Test
  void requestWithoutUserAgentIsForbidden() throws Exception {
    assertThat(exchange("GET /zen HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 403");
  }

  @Test
  void tlsIsTrustedThroughItsAuthority() throws Exception {
    try (GitHubSimulator secure = GitHubSimulator.builder().sizes(1, 1, 1).tls().start()) {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      trusted.setCertificateEntry("ca", secure.certificateAuthority().orElseThrow());
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      try (HttpClient client = HttpClient.newBuilder().sslContext(context).build()) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(secure.uri() + "/zen")).build();
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
      }
    }
  }
}
