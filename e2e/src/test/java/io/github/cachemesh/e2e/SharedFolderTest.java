package io.github.cachemesh.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.testkit.github.GitHubSimulator;
import io.github.cachemesh.testkit.github.Token;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two {@code serve} processes on one cache folder. */
final class SharedFolderTest {
  private static final Token FIRST = Token.workflow("ghs_first", "octo-org/repo-1").named("first");
  private static final Token SECOND =
      Token.workflow("ghs_second", "octo-org/repo-1").named("second");
  private static final int ISSUES = 60;

  @TempDir private Path folder;

  private final HttpClient client = HttpClient.newHttpClient();
  private GitHubSimulator github;

  @BeforeEach
  void start() throws IOException {
    github = GitHubSimulator.builder().withoutSecondaryLimits().token(FIRST).token(SECOND).start();
  }

  @AfterEach
  void stop() {
    client.close();
    github.close();
  }

  private ServeProcess serve(String id) throws IOException {
    return ServeProcess.start(folder, github.uri().toString(), id);
  }

  private String read(ServeProcess node, Token token, int issue)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(node.url() + "/repos/octo-org/repo-1/issues/" + issue))
            .header("Authorization", "Bearer " + token.value())
            .header("Accept", "application/vnd.github+json")
            .build();
    HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(200);
    // equal.
    return response.body();
  }

  @Test
  void whatOneStoredTheOtherRevalidatesForNothing() throws Exception {
    try (ServeProcess one = serve("one");
        ServeProcess other = serve("other")) {
      String stored = read(one, FIRST, 1);
      one.stop();

      assertThat(read(other, SECOND, 1)).isEqualTo(stored);
    }
    assertThat(github.ledger().pointsCharged("second")).isZero();
  }

  @Test
  void bothWriteAndReadAtOnceAndOneIsKilled() throws Exception {
    List<String> direct = new ArrayList<>();
    try (ServeProcess one = serve("one");
        ServeProcess other = serve("other")) {
      for (int issue = 1; issue <= ISSUES; issue++) {
        direct.add(read(one, FIRST, issue));
      }
      github.touch("/repos/octo-org/repo-1/issues/7");
      try (ExecutorService readers = Executors.newFixedThreadPool(4)) {
        List<Future<String>> reads = new ArrayList<>();
        for (int issue = 1; issue <= ISSUES; issue++) {
          int number = issue;
          ServeProcess node = issue % 2 == 0 ? one : other;
          Callable<String> read = () -> read(node, SECOND, number);
          reads.add(readers.submit(read));
        }
        for (int issue = 1; issue <= ISSUES; issue++) {
          String body = reads.get(issue - 1).get();
          if (issue == 7) {
            assertThat(body).isNotEqualTo(direct.get(issue - 1));
          } else {
            assertThat(body).isEqualTo(direct.get(issue - 1));
          }
        }
      }
      one.kill();

      assertThat(read(other, SECOND, 1)).isEqualTo(direct.getFirst());
    }
  }
}
