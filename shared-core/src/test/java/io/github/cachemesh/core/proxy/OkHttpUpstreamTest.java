package io.github.cachemesh.core.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cachemesh.actions.EnvironmentProxies;
import io.github.cachemesh.core.http.Fields;
import io.github.cachemesh.testkit.github.GitHubSimulator;
import java.io.IOException;
import java.net.ProxySelector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import okhttp3.Authenticator;
import okhttp3.Protocol;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How GitHub is reached. */
@Timeout(30)
class OkHttpUpstreamTest {
  @TempDir Path folder;
  private final MockWebServer server = new MockWebServer();
  private Upstream upstream = upstream(ProxySelector.of(null), TrustedCertificates.ofJdk());

  private static Upstream upstream(ProxySelector proxies, TrustedCertificates trust) {
    return new OkHttpUpstream(proxies, Authenticator.NONE, trust);
  }

  @BeforeEach
  void start() throws IOException {
    server.start();
  }

  @AfterEach
  void stop() {
    upstream.close();
    server.close();
  }

  private Upstream.Response send(String method, String url, String content) throws IOException {
    return upstream.send(
        new Upstream.Message(
            method,
            url,
            Fields.of("User-Agent", "test"),
            content.isEmpty() ? Optional.empty() : Optional.of(content(content)),
            true,
            AbortSignal.never()));
  }

  private static Upstream.RequestContent content(String text) {
    return new Upstream.RequestContent() {
      private byte[] left = text.getBytes(UTF_8);

      @Override
      public OptionalLong length() {
        return OptionalLong.of(text.length());
      }

      @Override
      public byte[] next() {
        byte[] next = left;
        left = new byte[0];
        return next;
      }
    };
  }

  @Test
  void authorityOfTheCaFileIsTrusted() throws IOException {
    try (GitHubSimulator github = GitHubSimulator.builder().repositories(1).tls().start()) {
      Path pem = folder.resolve("ca.pem");
      Files.writeString(pem, github.certificateAuthorityPem().orElseThrow());
      upstream = upstream(ProxySelector.of(null), TrustedCertificates.ofJdkAnd(pem));

      try (Upstream.Response response = send("GET", github.uri() + "/rate_limit", "")) {
        assertThat(response.status()).isEqualTo(200);
      }
    }
  }

  @Test
  void authorityThatNobodyNamedIsNotTrusted() throws IOException {
    try (GitHubSimulator github = GitHubSimulator.builder().repositories(1).tls().start()) {
      assertThatThrownBy(() -> send("GET", github.uri() + "/rate_limit", ""))
          .isInstanceOf(javax.net.ssl.SSLException.class);
    }
  }

  @Test
  void caFileWithoutACertificateIsNamed() throws IOException {
    Path empty = Files.createFile(folder.resolve("empty.pem"));

    assertThatThrownBy(() -> TrustedCertificates.ofJdkAnd(empty))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(empty.toString());
  }

  @Test
  void http2IsSpokenWhereOffered() throws Exception {
    HeldCertificate certificate =
        new HeldCertificate.Builder().addSubjectAlternativeName("127.0.0.1").build();
    try (MockWebServer tls = new MockWebServer()) {
      tls.useHttps(
          new HandshakeCertificates.Builder()
              .heldCertificate(certificate)
              .build()
              .sslSocketFactory());
      tls.setProtocols(List.of(Protocol.HTTP_2, Protocol.HTTP_1_1));
      tls.enqueue(new MockResponse.Builder().body("two").build());
      tls.start(java.net.InetAddress.getByName("127.0.0.1"), 0);
      Path pem = folder.resolve("ca.pem");
      Files.writeString(pem, certificate.certificatePem());
      upstream = upstream(ProxySelector.of(null), TrustedCertificates.ofJdkAnd(pem));

      try (Upstream.Response response =
          send("GET", "https://127.0.0.1:" + tls.getPort() + "/", "")) {
        assertThat(response.body().readAllBytes()).asString().isEqualTo("two");
      }
      assertThat(tls.takeRequest().getVersion()).isEqualTo("HTTP/2");
    }
  }

  @Test
  void redirectIsNotFollowed() throws IOException {
    server.enqueue(
        new MockResponse.Builder().code(302).addHeader("Location", "/elsewhere").build());

    try (Upstream.Response response = send("GET", server.url("/").toString(), "")) {
      assertThat(response.status()).isEqualTo(302);
    }
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"content", ""})
  void writeIsNotSentAgainAfterAReset(String content) {
    server.enqueue(
        new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build());
    server.enqueue(new MockResponse.Builder().build());

    assertThatThrownBy(() -> send("POST", server.url("/").toString(), content))
        .isInstanceOf(IOException.class);
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE"})
  void writeIsNotSentAgainWhereGitHubAsksForIt(String method) throws IOException {
    server.enqueue(new MockResponse.Builder().code(503).addHeader("Retry-After", "0").build());
    server.enqueue(new MockResponse.Builder().build());

    try (Upstream.Response response = send(method, server.url("/").toString(), "")) {
      assertThat(response.status()).isEqualTo(503);
    }
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void proxyOfTheEnvironmentIsUsed() throws Exception {
    server.enqueue(new MockResponse.Builder().code(403).build());
    EnvironmentProxies proxies =
        new EnvironmentProxies(Map.of("HTTPS_PROXY", server.url("/").toString()));
    upstream = upstream(proxies, TrustedCertificates.ofJdk());

    assertThatThrownBy(() -> send("GET", "https://api.github.com/zen", ""))
        .isInstanceOf(IOException.class);
    assertThat(server.takeRequest().getRequestLine())
        .isEqualTo("CONNECT api.github.com:443 HTTP/1.1");
  }

  @Test
  void proxyOfTheEnvironmentIsLeftOutWhereItSaysSo() throws IOException {
    server.enqueue(new MockResponse.Builder().body("direct").build());
    String host = server.getHostName();
    EnvironmentProxies proxies =
        new EnvironmentProxies(Map.of("http_proxy", "http://127.0.0.1:1", "NO_PROXY", host));
    upstream = upstream(proxies, TrustedCertificates.ofJdk());

    try (Upstream.Response response = send("GET", server.url("/").toString(), "")) {
      assertThat(response.body().readAllBytes()).asString().isEqualTo("direct");
    }
  }
}
