package io.github.cachemesh.core.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.core.http.Fields;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProxySelector;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.Authenticator;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UpstreamCheckTest {
  private final MockWebServer server = new MockWebServer();
  private OkHttpUpstream upstream;

  @BeforeEach
  void start() throws IOException {
    upstream =
        new OkHttpUpstream(ProxySelector.of(null), Authenticator.NONE, TrustedCertificates.ofJdk());
  }

  @AfterEach
  void stop() {
    upstream.close();
    server.close();
  }

  @Test
  void certificateThatNobodyTrustsIsAProblem() throws IOException {
    HeldCertificate own =
        new HeldCertificate.Builder().addSubjectAlternativeName("localhost").build();
    server.useHttps(
        new HandshakeCertificates.Builder().heldCertificate(own).build().sslSocketFactory());
    server.start();
    URI api = URI.create("https://localhost:" + server.getPort());

    assertThat(new UpstreamCheck(upstream, api).problem()).get().asString().contains("PKIX");
  }

  @Test
  void serverThatIsDownIsNotDoubted() throws IOException {
    server.start();
    int port = server.getPort();
    server.close();

    assertThat(new UpstreamCheck(upstream, URI.create("https://localhost:" + port)).problem())
        .isEmpty();
  }

  @Test
  void withoutTlsThereIsNothingToProve() throws IOException {
    server.start();
    server.enqueue(new MockResponse.Builder().code(500).build());

    assertThat(
            new UpstreamCheck(upstream, URI.create("http://localhost:" + server.getPort()))
                .problem())
        .isEmpty();
    assertThat(server.getRequestCount()).isZero();
  }

  @Test
  void goodProofIsAskedForOnce() throws IOException {
    List<Upstream.Message> asked = new ArrayList<>();
    Upstream good =
        new Upstream() {
          @Override
          public Response send(Message message) {
            asked.add(message);
            return new Response(200, Fields.EMPTY, InputStream.nullInputStream());
          }

          @Override
          public void close() {}
        };
    UpstreamCheck check = new UpstreamCheck(good, URI.create("https://ghe.example.com/api/v3/"));

    assertThat(check.problem()).isEmpty();
    assertThat(check.problem()).isEmpty();

    assertThat(asked)
        .singleElement()
        .extracting(Upstream.Message::url)
        .isEqualTo("https://ghe.example.com/api/v3/rate_limit");
  }
}
