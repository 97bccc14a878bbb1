package io.github.cachemesh.core.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Asks a node over TCP. */
@Timeout(30)
class NodePagesTest {
  private static final String PREFIX = "/_cachemesh/";

  @TempDir Path folder;
  private CacheNode node;

  @BeforeEach
  void start() throws Exception {
    node = TestNodes.start(folder, "n", null, new FixedUpstream());
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private HttpResponse<String> asOwner(String method, String page) throws Exception {
    return TestNodes.send(
        node.state(),
        method,
        PREFIX + page,
        "Authorization",
        node.state().adminToken().authorization());
  }

  @Test
  void anybodyMayAskWhetherItIsThere() throws Exception {
    HttpResponse<String> health = TestNodes.send(node.state(), "GET", PREFIX + "health");
    assertThat(health.statusCode()).isEqualTo(200);
    assertThat(health.body())
        .contains("\"status\":\"ok\"", "\"node\":\"n\"", "\"version\":\"1.2.3\"");
  }

  @ParameterizedTest
  @CsvSource({
    "GET,stats",
    "GET,metrics",
    "PUT,leases/r",
    "DELETE,leases/r",
    "POST,invalidate?host=h&path=/p",
    "POST,clear",
    "POST,stop",
    "GET,nothing"
  })
  void allElseNeedsTheAdminToken(String method, String page) throws Exception {
    assertThat(TestNodes.send(node.state(), method, PREFIX + page).statusCode()).isEqualTo(401);
    HttpResponse<String> wrong =
        TestNodes.send(
            node.state(), method, PREFIX + page, "Authorization", "Bearer " + "0".repeat(64));
    assertThat(wrong.statusCode()).isEqualTo(401);
    assertThat(wrong.body()).doesNotContain(node.state().adminTokenSecret());
  }

  @Test
  void statisticsAreJsonAndPrometheusText() throws Exception {
    assertThat(asOwner("GET", "stats").body()).contains("\"api_calls_saved\"", "\"cachemesh\"");
    HttpResponse<String> metrics = asOwner("GET", "metrics");
    assertThat(metrics.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
    assertThat(metrics.body()).contains("cachemesh_requests_total");
  }

  @Test
  void leasesAreTakenAndReleased() throws Exception {
    assertThat(asOwner("PUT", "leases/runner%2F1").body()).isEqualTo("{\"leases\":1}");
    assertThat(asOwner("PUT", "leases/runner%2F1").body()).isEqualTo("{\"leases\":1}");
    assertThat(asOwner("DELETE", "leases/runner%2F1").body()).isEqualTo("{\"leases\":0}");
    assertThat(asOwner("DELETE", "leases/runner%2F1").statusCode()).isEqualTo(404);
  }

  @Test
  void tooLongRunnerNameIsRefused() throws Exception {
    HttpResponse<String> refused = asOwner("PUT", "leases/" + "x".repeat(201));
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("200");
  }

  @ParameterizedTest
  @CsvSource({
    "POST,health,GET",
    "PUT,stats,GET",
    "GET,clear,POST",
    "GET,stop,POST",
    "POST,leases/r,'PUT, DELETE'"
  })
  void wrongMethodIsToldTheRightOne(String method, String page, String allowed) throws Exception {
    HttpResponse<String> answer = asOwner(method, page);
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).hasValue(allowed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"invalidate", "invalidate?host=api.github.com", "invalidate?host=h&path=p"})
  void invalidationNeedsHostAndAbsolutePath(String page) throws Exception {
    assertThat(asOwner("POST", page).statusCode()).isEqualTo(400);
  }

  @Test
  void malformedEscapeIsNoFailureOfTheNode() throws Exception {
    NodeState state = node.state();
    assertThat(RawRequest.status(state, "PUT " + PREFIX + "leases/%zz")).isEqualTo(400);
    assertThat(RawRequest.status(state, "POST " + PREFIX + "invalidate?host=%&path=/"))
        .isEqualTo(400);
  }

  @Test
  void stopLetsTheNodeEndAndRefusesLeasesFromThenOn() throws Exception {
    CompletableFuture<Void> ended =
        CompletableFuture.runAsync(
            () -> {
              try {
                node.awaitStop(false);
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    assertThat(asOwner("POST", "stop").statusCode()).isEqualTo(202);
    ended.get(10, TimeUnit.SECONDS);
    assertThat(asOwner("PUT", "leases/r").statusCode()).isEqualTo(503);
  }
}
