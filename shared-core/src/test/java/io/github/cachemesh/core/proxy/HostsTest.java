package io.github.cachemesh.core.proxy;

import static io.github.cachemesh.core.proxy.Rig.PUBLIC;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.core.http.Fields;
import io.github.cachemesh.core.proxy.RawClient.Reply;
import io.github.cachemesh.core.proxy.Rig.Answer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the proxy forwards to, and that it is no open proxy. */
@Timeout(30)
class HostsTest {
  private static final String STORAGE = "productionresultssa0.blob.core.windows.net";

  private final RecordingUpstream.Recorder upstream = new RecordingUpstream.Recorder();
  private Rig rig;

  @BeforeEach
  void start() throws IOException {
    rig =
        Rig.with(
            UnaryOperator.identity(),
            github ->
                upstream.wrap(
                    StubUpstream.passing(
                        message ->
                            message.url().contains("/redirect")
                                ? new Upstream.Response(
                                    302,
                                    Fields.of("Location", "https://" + STORAGE + "/x?sig=1"),
                                    java.io.InputStream.nullInputStream())
                                : message.url().startsWith("https://")
                                    ? StubUpstream.ok("elsewhere")
                                    : github.send(message))));
  }

  @AfterEach
  void stop() throws IOException {
    rig.close();
  }

  private Reply get(RawClient client, String host, String target) throws IOException {
    return client.exchange(
        "GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\nUser-Agent: raw\r\n\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.org",
        "evilgithub.com",
        "api.github.com.evil.org",
        "api.github.com:80",
        "api.github.com:8443",
        "evil@api.github.com",
        "evil.org/.githubusercontent.com",
        "evil.org?.githubusercontent.com",
        "evil.org#.githubusercontent.com",
        "evil.org\\.githubusercontent.com",
        "evil.org:443@x.githubusercontent.com",
        "evil.org%2f.githubusercontent.com",
        "api.github.com.",
        ".githubusercontent.com",
        "githubusercontent.com",
        "127.0.0.1",
        "169.254.169.254",
        STORAGE
      })
  void hostThatIsNotAllowedIsRefused(String host) throws IOException {
    try (RawClient client = RawClient.unix(rig.socket())) {
      Reply reply = get(client, host, "/zen");

      assertThat(reply.status()).isEqualTo(403);
      assertThat(reply.text()).contains("allowed_hosts");
      assertThat(upstream.messages).isEmpty();
    }
  }

  @Test
  void requestWithoutAHostIsRefused() throws IOException {
    try (RawClient client = RawClient.unix(rig.socket())) {
      assertThat(get(client, "", "/zen").status()).isEqualTo(400);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"api.github.com", "API.GitHub.com", "api.github.com:443", "localhost"})
  void apiIsReachedUnderItsNamesOverTheUnixSocket(String host) throws IOException {
    try (RawClient client = RawClient.unix(rig.socket())) {
      Reply reply = get(client, host, PUBLIC);

      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.text()).contains("octo-org/repo-1");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"github.com", "uploads.github.com", "objects.githubusercontent.com", "a.ghe.com"})
  void otherHostsOfGitHubAreReachedOverTls(String host) throws IOException {
    try (RawClient client = RawClient.unix(rig.socket())) {
      assertThat(get(client, host, "/file").text()).isEqualTo("elsewhere");
      assertThat(upstream.messages.getLast().url()).isEqualTo("https://" + host + "/file");
    }
  }

  @Test
  void targetInAbsoluteFormNamesTheHost() throws IOException {
    try (RawClient client = RawClient.unix(rig.socket())) {
      assertThat(get(client, "ignored.org", "http://api.github.com" + PUBLIC).status())
          .isEqualTo(200);
      assertThat(get(client, "api.github.com", "http://evil.org/zen").status()).isEqualTo(403);
      assertThat(get(client, "api.github.com", "http://api.github.com@evil.org/").status())
          .isEqualTo(403);
    }
  }

  @Test
  void hostThatALocationNamedIsAllowedForFiveMinutes() throws IOException {
    try (RawClient client = RawClient.unix(rig.socket())) {
      assertThat(get(client, "api.github.com", "/redirect").status()).isEqualTo(302);
      assertThat(get(client, STORAGE, "/x?sig=1").text()).isEqualTo("elsewhere");
      rig.clock.advance(Duration.ofMinutes(5));
      assertThat(get(client, STORAGE, "/x?sig=1").status()).isEqualTo(403);
    }
  }

  @Test
  void hostThatALocationNamedIsAllowedOnThatListenerOnly() throws IOException {
    try (RawClient unix = RawClient.unix(rig.socket());
        RawClient tcp =
            RawClient.tcp(new InetSocketAddress(rig.uri().getHost(), rig.uri().getPort()))) {
      get(unix, "api.github.com", "/redirect");

      assertThat(get(tcp, STORAGE, "/x?sig=1").status()).isEqualTo(403);
    }
  }

  @Test
  void linkPointsToTheBaseUrlThatTheClientUses() {
    Answer answer = rig.getAnonymously(PUBLIC + "/issues?per_page=10");

    assertThat(answer.field("Link").orElseThrow())
        .contains("<" + rig.uri() + "/")
        .doesNotContain(rig.github.uri().toString());
  }

  @Test
  void locationPointsToTheBaseUrlThatTheClientUses() {
    Answer created = rig.write(Rig.ALICE, "POST", Rig.PRIVATE + "/issues", "{\"title\":\"new\"}");

    assertThat(created.status()).isEqualTo(201);
    assertThat(created.field("Location").orElseThrow()).startsWith(rig.uri() + "/");
  }

  @Test
  void refusalSaysThatTheNodeAnsweredItself() throws IOException {
    try (RawClient client = RawClient.unix(rig.socket())) {
      Reply refused = get(client, "evil.org", "/");

      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.field("Cache-Status")).isEqualTo("cachemesh; detail=own-answer");
    }
  }
}
