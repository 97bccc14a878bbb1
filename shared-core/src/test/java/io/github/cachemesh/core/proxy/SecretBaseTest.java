package io.github.cachemesh.core.proxy;

import static io.github.cachemesh.core.proxy.Rig.PRIVATE;
import static io.github.cachemesh.core.proxy.Rig.PUBLIC;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.core.proxy.RawClient.Reply;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** A lease's listener on a gateway: an API to those who know its URL, and nothing to others. */
@Timeout(30)
class SecretBaseTest {
  private static final String ALICE = "Authorization: " + Rig.bearer(Rig.ALICE);

  private Rig rig;
  private String base;
  private String secret;
  private RawClient client;

  @BeforeEach
  void start() throws IOException {
    rig = Rig.with();
    byte[] lease = rig.node().administer("PUT", "leases/r1?gateway=127.0.0.2").body();
    base = JsonMapper.shared().readTree(new String(lease, UTF_8)).get("gateway_url").asString();
    secret = URI.create(base).getRawPath();
    client = RawClient.tcp(URI.create(base));
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    rig.close();
  }

  @Test
  void urlNamesTheGatewayAndHasARandomSegment() {
    assertThat(base).matches("http://127\\.0\\.0\\.2:[0-9]+/[0-9a-f]{32}");
    assertThat(
            new String(rig.node().administer("PUT", "leases/r2?gateway=127.0.0.2").body(), UTF_8))
        .doesNotContain(secret);
  }

  @Test
  void apiIsBelowTheSecret() throws IOException {
    Reply reply = client.exchange(client.get(secret + PUBLIC));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.text()).contains("octo-org/repo-1");
    assertThat(reply.field("Cache-Status")).startsWith("cachemesh; ");
  }

  @Test
  void linkLeadsToTheNextPageBelowTheSecret() throws IOException {
    Reply first = client.exchange(client.get(secret + PUBLIC + "/issues?per_page=10", ALICE));
    String link = first.field("Link");

    assertThat(link).startsWith("<" + base + "/").doesNotContain(rig.github.uri().toString());
    URI next = URI.create(link.substring(1, link.indexOf('>')));
    Reply second = client.exchange(client.get(next.getRawPath() + "?" + next.getRawQuery(), ALICE));
    assertThat(second.status()).isEqualTo(200);
    assertThat(second.text()).isNotEqualTo(first.text());
  }

  @Test
  void locationIsBelowTheSecret() throws IOException {
    Reply created =
        client.exchange(
            client.request("POST", secret + PRIVATE + "/issues", "{\"title\":\"new\"}", ALICE));

    assertThat(created.status()).isEqualTo(201);
    assertThat(created.field("Location")).startsWith(base + "/");
  }

  @Test
  void graphQlIsBelowTheSecret() throws IOException {
    Reply reply =
        client.exchange(
            client.request(
                "POST", secret + "/graphql", "{\"query\":\"{ viewer { login } }\"}", ALICE));

    assertThat(reply.text()).contains("alice");
  }

  @Test
  void nodeAnswersForItselfAndToNobodyAsToItsOwner() throws IOException {
    assertThat(client.exchange(client.get(secret + "/_cachemesh/health")).text())
        .contains("\"status\":\"ok\"");
    assertThat(client.exchange(client.get(secret + "/_cachemesh/stats")).status()).isEqualTo(401);
  }

  @Test
  void hostThatARequestNamesChangesNothing() throws IOException {
    Reply reply =
        client.exchange("GET " + secret + PUBLIC + " HTTP/1.1\r\nHost: uploads.github.com\r\n\r\n");

    assertThat(reply.text()).contains("octo-org/repo-1");
  }

  /** The answer to a request line in which {@code SECRET} stands for the secret. */
  private Reply answerTo(String requestLine) throws IOException {
    return client.exchange(
        requestLine.replace("SECRET", secret).replace("BASE", base)
            + " HTTP/1.1\r\nHost: api.github.com\r\n\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /",
        "GET /repos/octo-org/repo-1",
        "GET /_cachemesh/health",
        "GET /00000000000000000000000000000000/repos/octo-org/repo-1",
        "GET SECRET",
        "GET SECRETx/repos/octo-org/repo-1",
        "GET /SECRET/repos/octo-org/repo-1",
        "GET BASE/repos/octo-org/repo-1",
        "GET http://api.github.com/repos/octo-org/repo-1",
        "GET https://api.github.comSECRET/repos/octo-org/repo-1",
        "POST /graphql",
        "OPTIONS *",
        "CONNECT api.github.com:443",
        "TRACE /",
        "GET /a b c"
      })
  void toAllElseNothingIsThere(String requestLine) throws IOException {
    int requests = rig.requests().size();
    Reply reply = answerTo(requestLine);

    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.text()).isEqualTo("{\"message\":\"\"}");
    assertThat(reply.fields().keySet()).isSubsetOf("content-type", "content-length", "connection");
    assertThat(rig.requests()).hasSize(requests);
  }

  @Test
  void whoKnowsTheSecretIsToldWhatIsWrong() throws IOException {
    assertThat(answerTo("TRACE SECRET/zen").status()).isEqualTo(501);
  }
}
