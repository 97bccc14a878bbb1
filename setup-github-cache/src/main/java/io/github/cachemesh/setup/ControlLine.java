package io.github.cachemesh.setup;

import io.github.cachemesh.core.node.NodeClient;
import io.github.cachemesh.core.node.NodeClient.Answer;
import io.github.cachemesh.setup.docker.Attachment;
import io.github.cachemesh.setup.docker.DockerEngine;
import java.io.EOFException;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Asks a node through the standard streams of its container, which only those reach who may use the
 * engine: a line there, {@code TAG METHOD PAGE}, and one back, {@code TAG STATUS BODY}. The tag
 * tells our answer from those to others.
 *
 * @param limit the longest that an answer may take
 */
record ControlLine(DockerEngine engine, String container, Duration limit, SecureRandom random)
    implements NodeClient.Transport {

  private static final int TAG_BYTES = 8;

  @Override
  public Answer exchange(String method, String page) throws IOException {
    try (Attachment streams = engine.attach(container)) {
      return exchange(streams, method, page);
    }
  }

  /**
   * Asks over streams that are open already.
   *
   * @throws EOFException when the container ends without an answer
   * @throws java.net.SocketTimeoutException when the time is over
   */
  Answer exchange(Attachment streams, String method, String page) throws IOException {
    byte[] bytes = new byte[TAG_BYTES];
    random.nextBytes(bytes);
    String tag = HexFormat.of().formatHex(bytes);
    // The line break ends what somebody else may have begun and not ended.
    streams.send("\n" + tag + " " + method + " " + page);
    Optional<String> line = streams.await(text -> text.startsWith(tag + " "), limit);
    if (line.isEmpty()) {
      throw new EOFException("the cache node has ended");
    }
    String[] parts = line.get().split(" ", 3);
    return new Answer(Integer.parseInt(parts[1]), parts[2]);
  }
}
