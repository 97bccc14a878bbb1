package io.github.cachemesh.codeqlcache;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The pull request that an event is about.
 *
 * @param baseSha the commit that it is to be merged into
 * @param headRef its branch, in its own repository
 * @param fork whether that is another repository than the base's, or is gone
 */
record PullRequestEvent(int number, String baseSha, String headRef, boolean fork) {
  private static final int MAX_BYTES = 4 << 20;

  /**
   * Reads the runner's file of an event, of at most 4 MiB.
   *
   * @throws IOException when it is larger or not about a pull request
   */
  static PullRequestEvent read(Path event) throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(event)) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    }
    if (bytes.length > MAX_BYTES) {
      throw new IOException("the event's file is larger than 4 MiB");
    }
    JsonNode pull;
    try {
      pull = JsonMapper.shared().readTree(bytes).path("pull_request");
    } catch (JacksonException _) {
      // The cause would quote the event.
      throw new IOException("the event's file is no JSON");
    }
    int number = pull.path("number").asInt(0);
    String baseSha = pull.path("base").path("sha").asString("");
    if (number <= 0 || baseSha.isEmpty()) {
      throw new IOException("the event's file names no pull request");
    }
    long head = pull.path("head").path("repo").path("id").asLong(-1);
    long base = pull.path("base").path("repo").path("id").asLong(-2);
    return new PullRequestEvent(
        number, baseSha, pull.path("head").path("ref").asString(""), head != base);
  }
}
