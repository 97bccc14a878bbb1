package io.github.cachemesh.setup;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a node's Unix socket is. Not in the runner's temporary folder: that is emptied after each
 * job, and a listener whose file is gone cannot be reached again, while a node serves many jobs.
 */
final class SocketPlace {
  /** Within what an address holds, 106 bytes as the JDK counts, with some to spare. */
  static final int MAX_PATH_BYTES = 103;

  private SocketPlace() {}

  /**
   * With the node's other files, where the path is short enough, else in a new folder that only
   * this user may enter.
   */
  static Path of(NodeHome home, Path systemTemp) throws IOException {
    Path preferred = home.socket();
    if (preferred.toString().getBytes(UTF_8).length <= MAX_PATH_BYTES) {
      return preferred;
    }
    return Files.createTempDirectory(systemTemp, "cachemesh-").resolve("api.sock");
  }
}
