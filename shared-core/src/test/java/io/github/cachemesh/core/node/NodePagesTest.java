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
    "GET,leases",
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
    assertThat(asOwner("PUT", "leases/runner%2D1").body())
        .isEqualTo(
            """
            {"leases":1,"node":"n","version":"1.2.3","url":"%s","socket":null,"gateway_url":null,\
            "cache_dir":"%s","stats_file":"%s"}\
            """
                .formatted(node.state().url(), folder, folder.resolve("jobs/runner-1.json")));
    assertThat(asOwner("PUT", "leases/runner-1").body()).startsWith("{\"leases\":1,");
    assertThat(asOwner("GET", "leases").body())
        .isEqualTo("{\"leases\":1,\"runners\":[\"runner-1\"]}");
    assertThat(asOwner("DELETE", "leases/runner-1").body())
        .startsWith("{\"leases\":0,\"savings\":{\"hits\":0,");
    assertThat(asOwner("DELETE", "leases/runner-1").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a%2Fb", "%C3%BC", "a%20b"})
  void runnerThatIsNoFileNameIsRefused(String runner) throws Exception {
    HttpResponse<String> refused = asOwner("PUT", "leases/" + runner);
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("1 to 200 letters, digits");
  }

  @Test
  void tooLongRunnerNameIsRefused() throws Exception {
    assertThat(asOwner("PUT", "leases/" + "x".repeat(200)).statusCode()).isEqualTo(200);
    assertThat(asOwner("PUT", "leases/" + "x".repeat(201)).statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({
    "socket=api.sock,socket api.sock is not an absolute path",
    "socket=%2Fa%00b,Nul character",
    "gh=gh,gh gh is not an absolute path",
    "gateway=localhost,gateway localhost is not",
    "gateway=0.0.0.0,gateway 0.0.0.0 is not",
    "gateway=%3A%3A,gateway :: is not",
    "gateway=fe80%3A%3A1%25lo,gateway fe80::1%lo is not",
    "gateway=224.0.0.1,gateway 224.0.0.1 is not",
    "socket=%zz,percent-encoded"
  })
  void malformedParameterIsNamed(String query, String problem) throws Exception {
    assertThat(RawRequest.answer(node.state(), "PUT " + PREFIX + "leases/r?" + query))
        .startsWith("HTTP/1.1 400 ")
        .contains(problem);
    assertThat(asOwner("GET", "leases").body()).startsWith("{\"leases\":0,");
  }

  @Test
  void usedNodeDoesNotStopWhenOnlyAnUnusedOneIsTo() throws Exception {
    asOwner("PUT", "leases/r");
    assertThat(asOwner("POST", "stop?unused=true").statusCode()).isEqualTo(409);
    asOwner("DELETE", "leases/r");
    assertThat(asOwner("POST", "stop?unused=true").statusCode()).isEqualTo(202);
    assertThat(asOwner("PUT", "leases/r").statusCode()).isEqualTo(503);
    node.awaitStop(false);
  }

  @ParameterizedTest
  @CsvSource({
    "POST,health,GET",
    "PUT,stats,GET",
    "GET,clear,POST",
    "GET,stop,POST",
    "PUT,leases,GET",
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
