package io.github.cachemesh.core.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RemoteKeysTest {
  private static String one;
  private static String two;

  private final MockWebServer server = new MockWebServer();
  private volatile long nanos;
  private RemoteKeys keys;

  @BeforeAll
  static void makeKeys() throws Exception {
    RSAKey a = new RSAKeyGenerator(2_048).keyID("a").generate();
    RSAKey b = new RSAKeyGenerator(2_048).keyID("b").generate();
    one = new JWKSet(a).toString();
    two = new JWKSet(List.of(a, b)).toString();
  }

  @BeforeEach
  void start() throws Exception {
    server.start();
    keys = keys(Duration.ofSeconds(10));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private RemoteKeys keys(Duration call) {
    Issuer issuer =
        new Issuer(
            "https://issuer.example", URI.create("http://127.0.0.1:" + server.getPort() + "/jwks"));
    return new RemoteKeys(issuer, new OkHttpClient(), call, () -> nanos);
  }

  private void enqueue(String body) {
    server.enqueue(new MockResponse.Builder().body(body).build());
  }

  private void enqueue(int status) {
    server.enqueue(new MockResponse.Builder().code(status).build());
  }

  private void pass(Duration time) {
    nanos += time.toNanos();
  }

  private void assertUnavailable(String keyId, String reason) {
    assertThatExceptionOfType(KeysUnavailableException.class)
        .isThrownBy(() -> keys.find(keyId))
        .withMessageContaining(reason)
        .withMessageContaining(server.getPort() + "/jwks");
  }

  @Test
  void keysAreFetchedOnceAMinuteAtMost() throws Exception {
    enqueue(one);
    enqueue(two);
    assertThat(keys.find("a")).isPresent();
    for (int i = 0; i < 20; i++) {
      assertThat(keys.find("unknown" + i)).isEmpty();
    }
    assertThat(server.getRequestCount()).isEqualTo(1);
    pass(RemoteKeys.PAUSE);
    assertThat(keys.find("a")).isPresent();
    assertThat(server.getRequestCount()).isEqualTo(1);
    assertThat(keys.find("b")).isPresent();
    assertThat(server.getRequestCount()).isEqualTo(2);
  }

  @Test
  void aWithdrawnKeyIsForgottenAfterAQuarterOfAnHour() throws Exception {
    enqueue(two);
    enqueue(one);
    assertThat(keys.find("b")).isPresent();
    pass(RemoteKeys.REFRESH);
    assertThat(keys.find("b")).isEmpty();
  }

  @Test
  void knownKeysHoldForTwoHoursWhileTheyCannotBeFetched() throws Exception {
    enqueue(one);
    assertThat(keys.find("a")).isPresent();
    pass(RemoteKeys.REFRESH);
    enqueue(503);
    assertThat(keys.find("a")).isPresent();
    assertUnavailable("b", "status 503");
    pass(RemoteKeys.LIFE);
    enqueue(503);
    assertUnavailable("a", "status 503");
  }

  @Test
  void aFailureIsFollowedByAPauseOfFiveSeconds() throws Exception {
    enqueue(500);
    assertUnavailable("a", "status 500");
    assertUnavailable("a", "status 500");
    assertThat(server.getRequestCount()).isEqualTo(1);
    pass(RemoteKeys.PAUSE_AFTER_FAILURE);
    enqueue(one);
    assertThat(keys.find("a")).isPresent();
  }

  @Test
  void aServerThatIsNotThereIsNamed() {
    server.close();
    assertThatExceptionOfType(KeysUnavailableException.class)
        .isThrownBy(() -> keys.find("a"))
        .withMessageContaining("/jwks")
        .withMessageContaining("see the configured URL");
  }

  @Test
  void aRedirectIsNotFollowed() {
    server.enqueue(new MockResponse.Builder().code(302).setHeader("Location", "/other").build());
    assertUnavailable("a", "status 302");
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void anAnswerOfMoreThanItsBoundIsNotRead() {
    enqueue("x".repeat(RemoteKeys.MAX_BYTES + 1));
    assertUnavailable("a", "more than");
  }

  @Test
  void anAnswerThatNeverComesEndsWithTheCall() {
    keys = keys(Duration.ofMillis(200));
    server.enqueue(
        new MockResponse.Builder().body(one).onResponseStart(SocketEffect.Stall.INSTANCE).build());
    assertUnavailable("a", "timeout");
  }

  @Test
  void whatIsNoKeySetIsNotTaken() {
    enqueue("<html>");
    assertUnavailable("a", "the answer is no JWKS");
  }

  @Test
  void manyWhoAskAtOnceShareOneFetch() throws Exception {
    server.enqueue(
        new MockResponse.Builder().body(one).headersDelay(200, TimeUnit.MILLISECONDS).build());
    List<Future<Boolean>> found = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 50; i++) {
        found.add(threads.submit(() -> keys.find("a").isPresent()));
      }
    }
    for (Future<Boolean> present : found) {
      assertThat(present.get()).isTrue();
    }
    assertThat(server.getRequestCount()).isEqualTo(1);
  }
}
