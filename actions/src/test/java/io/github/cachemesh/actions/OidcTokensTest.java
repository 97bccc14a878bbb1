package io.github.cachemesh.actions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OidcTokensTest {
  private static final String REQUEST_TOKEN = "request-token-1";
  private static final String TOKEN = "{\"value\":\"header.payload.signature\"}";

  private record Answer(int status, String body) {}

  private final Queue<Answer> answers = new ArrayDeque<>();
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch finished = new CountDownLatch(1);
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private HttpServer server;

  /** What the server demands when it plays a proxy; null when it plays GitHub. */
  private volatile String proxyCredentials;

  @BeforeEach
  void startServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/token",
        exchange -> {
          String given = exchange.getRequestHeaders().getFirst("Proxy-Authorization");
          if (proxyCredentials != null && !proxyCredentials.equals(given)) {
            exchange.getResponseHeaders().set("Proxy-Authenticate", "Basic realm=\"proxy\"");
            exchange.sendResponseHeaders(407, -1);
            exchange.close();
            return;
          }
          requests.add(
              exchange.getRequestURI().getRawQuery()
                  + " "
                  + exchange.getRequestHeaders().getFirst("Authorization"));
          Answer answer = answers.remove();
          byte[] body = answer.body().getBytes(UTF_8);
          exchange.sendResponseHeaders(
              answer.status(), body.length + (answer.status() == 299 ? 1 : 0));
          exchange.getResponseBody().write(body);
          if (answer.status() == 299) {
            exchange.getResponseBody().flush();
            await(finished);
          }
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stopServer() {
    finished.countDown();
    server.stop(0);
    threads.close();
  }

  @Test
  void theAudienceIsEncodedAndTheRequestAuthorized() throws InterruptedException {
    answers.add(new Answer(200, TOKEN));
    assertThat(tokens().request("a b&c=/é")).isEqualTo("header.payload.signature");
    assertThat(requests)
        .containsExactly("api-version=2&audience=a+b%26c%3D%2F%C3%A9 Bearer " + REQUEST_TOKEN);
  }

  @Test
  void theTokenIsMaskedAndNothingElseIsSaid() throws InterruptedException {
    answers.add(new Answer(200, TOKEN));
    tokens().request("peer");
    assertThat(log.toString(UTF_8).lines())
        .contains("::add-mask::header.payload.signature")
        .allMatch(line -> line.startsWith("::add-mask::"));
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 502, 503})
  void aPassingFailureIsTriedAgain(int status) throws InterruptedException {
    answers.add(new Answer(status, "busy"));
    answers.add(new Answer(200, TOKEN));
    tokens().request("peer");
    assertThat(requests).hasSize(2);
  }

  @Test
  void theFourthFailureIsTheLast() {
    for (int i = 0; i < 5; i++) {
      answers.add(new Answer(503, "secret body"));
    }
    assertFailure("status 503");
    assertThat(requests).hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 302})
  void aRefusalIsNotTriedAgain(int status) {
    answers.add(new Answer(status, "no"));
    assertFailure("status " + status);
    assertThat(requests).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{\"value\":\"\"}", "{\"value\":", "{\"count\":1}"})
  void anAnswerWithoutATokenIsAFailure(String body) {
    answers.add(new Answer(200, body));
    assertFailure("an answer without a token");
  }

  @Test
  void anEndlessAnswerIsNotRead() {
    for (int i = 0; i < 4; i++) {
      answers.add(new Answer(200, "x".repeat(100_000)));
    }
    assertFailure("IOException");
  }

  @Test
  void aBodyThatNeverEndsRunsIntoTheTimeout() {
    for (int i = 0; i < 4; i++) {
      answers.add(new Answer(299, "{"));
    }
    assertThatExceptionOfType(ActionFailure.class)
        .isThrownBy(() -> tokens(Duration.ofMillis(100)).request("peer"))
        .withMessageContaining("no answer within");
  }

  @Test
  void aServerThatIsNotThereIsAFailureOfItsKind() {
    server.stop(0);
    assertFailure("ConnectException");
  }

  @Test
  void aProxyIsUsedWithItsCredentials() throws InterruptedException {
    proxyCredentials = "Basic " + Base64.getEncoder().encodeToString("me:p:w".getBytes(UTF_8));
    answers.add(new Answer(200, TOKEN));
    OidcTokens tokens =
        new OidcTokens(
            Map.of(
                "HTTP_PROXY",
                "http://me:p%3Aw@127.0.0.1:" + server.getAddress().getPort(),
                "ACTIONS_ID_TOKEN_REQUEST_URL",
                "http://oidc.invalid/token?x=1",
                "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
                REQUEST_TOKEN),
            commands(),
            Duration.ofSeconds(10),
            List.of());
    assertThat(tokens.request("peer")).isEqualTo("header.payload.signature");
  }

  @Test
  void aJobWithoutPermissionIsToldWhichOne() {
    OidcTokens tokens = OidcTokens.of(Map.of(), commands());
    assertThat(tokens.available()).isFalse();
    assertThatExceptionOfType(ActionFailure.class)
        .isThrownBy(() -> tokens.request("peer"))
        .satisfies(failure -> assertThat(failure.remedy()).contains("id-token: write"));
  }

  private void assertFailure(String problem) {
    assertThatExceptionOfType(ActionFailure.class)
        .isThrownBy(() -> tokens().request("peer"))
        .withMessageContaining(problem)
        .satisfies(
            failure ->
                assertThat(failure.getMessage() + failure.remedy() + log)
                    .doesNotContain(REQUEST_TOKEN, "secret body", "api-version"));
  }

  private OidcTokens tokens() {
    return tokens(Duration.ofSeconds(10));
  }

  private OidcTokens tokens(Duration timeout) {
    String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/token?api-version=2";
    return new OidcTokens(
        Map.of(
            "ACTIONS_ID_TOKEN_REQUEST_URL", url, "ACTIONS_ID_TOKEN_REQUEST_TOKEN", REQUEST_TOKEN),
        commands(),
        timeout,
        List.of(Duration.ZERO, Duration.ZERO, Duration.ZERO));
  }

  private Commands commands() {
    return new Commands(new PrintStream(log, true, UTF_8), new RunnerKind.Kubernetes());
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
