package io.github.cachemesh.testkit.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.cachemesh.testkit.clients.Availability;
import io.github.cachemesh.testkit.clients.RecordedResponses;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordingsTest {
  private static GitHubSimulator simulator() throws Exception {
    Availability<Path> recorded = RecordedResponses.find();
    assumeTrue(recorded.isAvailable(), recorded.reason());
    return GitHubSimulator.builder()
        .sizes(1, 1, 1)
        .fixtures(recorded.get())
        .token(Token.user("alice-secret", "alice"))
        .start();
  }

  @Test
  void everyRecordedReadIsServedAndRevalidatedForFree() throws Exception {
    try (GitHubSimulator simulator = simulator();
        Reader reader = new Reader(simulator)) {
      List<String> paths = simulator.recordedPaths();
      assertThat(paths).hasSizeGreaterThan(15);
      for (String path : paths) {
        var first = reader.get(path, "Authorization", "token alice-secret");
        assertThat(first.statusCode()).as(path).isEqualTo(200);
        String etag = Reader.header(first, "ETag");
        var second = reader.get(path, "Authorization", "token alice-secret", "If-None-Match", etag);
        assertThat(second.statusCode()).as(path).isEqualTo(304);
      }
      assertThat(simulator.ledger().pointsCharged("alice")).isEqualTo(paths.size());
    }
  }

  @Test
  void recordedWriteChangesWhatIsRead() throws Exception {
    try (GitHubSimulator simulator = simulator();
        Reader reader = new Reader(simulator)) {
      String path = "/repos/octokit-fixture-org/git-refs/git/refs/";
      String before = reader.get(path).body();
      assertThat(reader.get(path).body()).isEqualTo(before);
      reader.send("POST", "/repos/octokit-fixture-org/git-refs/git/refs", "{}");
      assertThat(reader.get(path).body()).isNotEqualTo(before).contains("refs/heads/test");
    }
  }
}
