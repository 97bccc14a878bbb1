package io.github.cachemesh.codeqlcache;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the runner's file says of the event.
 *
 * @param defaultBranch of the repository, such as {@code main}; empty where the file has none
 */
record Event(String defaultBranch, Optional<PullRequest> pullRequest) {
  private static final int MAX_BYTES = 8 << 20;

  /**
   * The pull request that an event is about.
   *
   * @param baseSha the commit that it is to be merged into
   * @param headRef its branch, in its own repository
   * @param fork whether that is another repository than the base's, or is gone
   */
  record PullRequest(int number, String baseSha, String headRef, boolean fork) {}

  /**
   * Reads a file of at most 8 MiB.
   *
   * @throws IOException when it is larger, or no event
   */
  static Event read(Path file) throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    }
    if (bytes.length > MAX_BYTES) {
      throw new IOException("the event's file is larger than 8 MiB");
    }
    JsonNode root;
    try {
      root = JsonMapper.shared().readTree(bytes);
    } catch (JacksonException _) {
      // The cause would quote the event.
      throw new IOException("the event's file is no JSON");
    }
    return new Event(
        root.path("repository").path("default_branch").asString(""), pullRequest(root));
  }

  private static Optional<PullRequest> pullRequest(JsonNode root) {
    JsonNode pull = root.path("pull_request");
    int number = pull.path("number").asInt(0);
    String baseSha = pull.path("base").path("sha").asString("");
    if (number <= 0 || baseSha.isEmpty()) {
      return Optional.empty();
    }
    long head = pull.path("head").path("repo").path("id").asLong(-1);
    long base = pull.path("base").path("repo").path("id").asLong(-2);
    return Optional.of(
        new PullRequest(number, baseSha, pull.path("head").path("ref").asString(""), head != base));
  }
}
