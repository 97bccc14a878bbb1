package io.github.cachemesh.core.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.core.http.Fields;
import io.github.cachemesh.core.proxy.RawClient.Reply;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP/1.1 as clients speak and misspeak it. The upstream says what it was sent. */
@Timeout(30)
class WireTest {
  private ProxyRig proxy;
  private RawClient client;

  @BeforeEach
  void start() throws IOException {
    proxy = new ProxyRig(new EchoUpstream());
    client = proxy.client();
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    proxy.close();
  }

  /** Answers with method, path and content; chunked below {@code /streamed}. */
  private static final class EchoUpstream implements Upstream {
    @Override
    public Response send(Message message) throws IOException {
      StringBuilder said = new StringBuilder(message.method());
      said.append(' ').append(message.url().substring("https://api.github.com".length()));
      if (message.content().isPresent()) {
        said.append(' ');
        RequestContent content = message.content().get();
        for (byte[] next = content.next(); next.length > 0; next = content.next()) {
          said.append(new String(next, ISO_8859_1));
        }
      }
      byte[] body = said.toString().getBytes(ISO_8859_1);
      return new Response(200, Fields.of("X-Answered", "yes"), new ByteArrayInputStream(body));
    }

    @Override
    public void close() {}
  }

  @Test
  void connectionIsKeptForTheNextRequest() throws IOException {
    for (int i = 0; i < 3; i++) {
      assertThat(client.exchange(client.get("/zen?" + i)).text()).isEqualTo("GET /zen?" + i);
    }
  }

  @Test
  void requestMayComeByteByByte() throws IOException {
    for (String letter : client.request("POST", "/a", "some content").split("")) {
      client.send(letter);
    }

    assertThat(client.readReply().text()).isEqualTo("POST /a some content");
    assertThat(client.exchange(client.get("/zen")).text()).isEqualTo("GET /zen");
  }

  @Test
  void headMayBeLongerThanOneRead() throws IOException {
    Reply reply = client.exchange(client.get("/zen", "X-Long: " + "x".repeat(60_000)));

    assertThat(reply.text()).isEqualTo("GET /zen");
  }

  @Test
  void connectionIsKeptAfterA304() throws IOException {
    try (ProxyRig github =
            new ProxyRig(
                new StubUpstream(
                    _ ->
                        new Upstream.Response(
                            304, Fields.of("ETag", "\"1\""), InputStream.nullInputStream())));
        RawClient polling = github.client()) {
      String poll = polling.get("/zen", "If-None-Match: \"1\"");
      assertThat(polling.exchange(poll).status()).isEqualTo(304);
      assertThat(polling.exchange(poll).status()).isEqualTo(304);
    }
  }

  @Test
  void pipelinedRequestsAreAnsweredInOrder() throws IOException {
    client.send(
        client.get("/zen?1")
            + client.request("POST", "/a", "one")
            + client.request("POST", "/b", "two")
            + client.get("/zen?2")
            + client.request("HEAD", "/zen?3", "")
            + client.request("POST", "/c", "three"));

    assertThat(client.readReply().text()).isEqualTo("GET /zen?1");
    assertThat(client.readReply().text()).isEqualTo("POST /a one");
    assertThat(client.readReply().text()).isEqualTo("POST /b two");
    assertThat(client.readReply().text()).isEqualTo("GET /zen?2");
    assertThat(client.readReplyToHead().status()).isEqualTo(200);
    assertThat(client.readReply().text()).isEqualTo("POST /c three");
  }

  @Test
  void connectionIsClosedWhereTheClientAsksForIt() throws IOException {
    Reply reply = client.exchange(client.get("/zen", "Connection: close"));

    assertThat(reply.field("Connection")).isEqualTo("close");
    assertThat(reply.text()).isEqualTo("GET /zen");
    assertThat(client.isClosedByServer()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET /zen", "POST /streamed"})
  void replyToHttp10IsNotChunkedAndEndsWithItsConnection(String line) throws IOException {
    client.send(line + " HTTP/1.0\r\nHost: api.github.com\r\n\r\n");
    Reply reply = client.readReply();

    assertThat(reply.field("Transfer-Encoding")).isEmpty();
    assertThat(reply.text()).isEqualTo(line);
    assertThat(client.isClosedByServer()).isTrue();
  }

  @Test
  void headIsAnsweredWithoutABody() throws IOException {
    client.send(client.request("HEAD", "/user", "") + client.get("/zen"));

    assertThat(client.readReplyToHead().field("X-Answered")).isEqualTo("yes");
    assertThat(client.readReply().text()).isEqualTo("GET /zen");
  }

  @Test
  void clientThatWaitsForLeaveIsGivenItWhenItsContentIsWanted() throws IOException {
    client.send(
        "POST /a HTTP/1.1\r\nHost: api.github.com\r\nContent-Length: 5\r\n"
            + "Expect: 100-continue\r\n\r\n");
    assertThat(client.readHead().status()).isEqualTo(100);
    client.send("hello");

    assertThat(client.readReply().text()).isEqualTo("POST /a hello");
    assertThat(client.exchange(client.get("/zen")).text()).isEqualTo("GET /zen");
  }

  @Test
  void headPipelinedBehindALeaveToSendTakesNoBodyFromTheReplyBeforeIt() throws IOException {
    client.send(
        "POST /a HTTP/1.1\r\nHost: api.github.com\r\nContent-Length: 5\r\n"
            + "Expect: 100-continue\r\n\r\nhello"
            + client.request("HEAD", "/zen", ""));
    assertThat(client.readHead().status()).isEqualTo(100);

    assertThat(client.readReply().text()).isEqualTo("POST /a hello");
    assertThat(client.readReplyToHead().status()).isEqualTo(200);
  }

  @Test
  void clientThatWaitsForLeaveIsRefusedAtOnce() throws IOException {
    client.send(
        "POST /a HTTP/1.1\r\nHost: evil.org\r\nContent-Length: 5\r\n"
            + "Expect: 100-continue\r\n\r\n");

    assertThat(client.readReply().status()).isEqualTo(403);
  }

  @Test
  void contentAndReplyMayBeChunked() throws IOException {
    client.send(
        "POST /a HTTP/1.1\r\nHost: api.github.com\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "3\r\none\r\n4\r\n two\r\n0\r\n\r\n");
    Reply reply = client.readReply();

    assertThat(reply.field("Transfer-Encoding")).isEqualTo("chunked");
    assertThat(reply.text()).isEqualTo("POST /a one two");
    assertThat(client.exchange(client.get("/zen")).text()).isEqualTo("GET /zen");
  }

  static Stream<Arguments> malformed() {
    return Stream.of(
        Arguments.of("GET /" + "x".repeat(17_000) + " HTTP/1.1\r\n", 414),
        Arguments.of("GET / HTTP/1.1\r\nX: " + "x".repeat(70_000) + "\r\n", 431),
        Arguments.of("\0\1\2 garbage\r\n\r\n", 400),
        Arguments.of("GET /zen HTTP/1.1\r\nHost: a\r\nHost: api.github.com\r\n\r\n", 400),
        Arguments.of("GET /zen HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", 400),
        Arguments.of("POST /zen HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n", 400),
        Arguments.of("GET /zen HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx", 400),
        Arguments.of("OPTIONS * HTTP/1.1\r\nHost: api.github.com\r\n\r\n", 400),
        Arguments.of("GET /zen HTTP/1.1\r\n\r\n", 400),
        Arguments.of("CONNECT api.github.com:443 HTTP/1.1\r\nHost: api.github.com\r\n\r\n", 501),
        Arguments.of("TRACE /zen HTTP/1.1\r\nHost: api.github.com\r\n\r\n", 501));
  }

  @ParameterizedTest(name = "{1} {index}")
  @MethodSource("malformed")
  void malformedRequestIsRefusedWithItsReason(String request, int status) throws IOException {
    client.send(request);
    Reply reply = client.readReply();

    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.text()).startsWith("{\"message\":\"cachemesh: ");
  }

  @Test
  void chunkThatIsNoneEndsTheExchange() throws IOException {
    client.send(
        "POST /a HTTP/1.1\r\nHost: api.github.com\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n");

    assertThat(client.readReply().status()).isEqualTo(502);
    assertThat(client.isClosedByServer()).isTrue();
  }

  @Test
  void fieldThatCannotBeWrittenEndsTheConnection() throws IOException {
    try (ProxyRig github =
            new ProxyRig(new StubUpstream(_ -> StubUpstream.ok("x", "X-Bad", "a\r\nb: c")));
        RawClient reader = github.client()) {
      reader.send(reader.get("/user"));

      assertThat(reader.isClosedByServer()).isTrue();
    }
  }
}
