package io.github.cachemesh.setup;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cachemesh.actions.InheritedOwner;
import io.github.cachemesh.core.store.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder in which a job finds the cache, as three processes see it, each in its own container
 * or not: this one, the job's steps, and the node. It goes with the job.
 */
record JobPlace(Path own, Path steps, Path node) {
  /** Within what an address holds, 106 bytes as the JDK counts, with some to spare. */
  static final int MAX_SOCKET_BYTES = 103;

  private static final String GH = "gh";
  private static final String SOCKET = "api.sock";

  /** A place that all see alike. */
  static JobPlace seenByAll(Path folder) {
    return new JobPlace(folder, folder, folder);
  }

  void create() throws IOException {
    createFolder(own);
  }

  private static void createFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Path parent = folder.getParent();
      if (parent != null) {
        createFolder(parent);
      }
      PrivateFiles.createFolder(folder);
      InheritedOwner.give(folder);
    }
  }

  GhFolder gh() {
    return new GhFolder(own.resolve(GH));
  }

  /** gh's configuration as the node sees it. */
  Path ghOfNode() {
    return node.resolve(GH);
  }

  /**
   * What {@code GH_CONFIG_DIR} has to be. The runner would translate a path that begins as its own
   * do into one of a container action, where gh would find the setting but no socket: two slashes
   * keep it from that, so there gh finds nothing and goes to GitHub directly.
   */
  String exportedGh() {
    return "/" + steps.resolve(GH);
  }

  /** Whether its socket has a path that an address can hold, for those who listen and who call. */
  boolean canHoldSocket() {
    return fits(socketOfNode()) && fits(socketOfSteps());
  }

  private static boolean fits(Path socket) {
    return socket.toString().getBytes(UTF_8).length <= MAX_SOCKET_BYTES;
  }

  Path socketOfNode() {
    return node.resolve(SOCKET);
  }

  Path socketOfSteps() {
    return steps.resolve(SOCKET);
  }

  /** Whether an earlier step of this job uses the cache: its post then sees to everything. */
  boolean isHeld() {
    return Files.exists(mark());
  }

  void hold() throws IOException {
    createFolder(mark());
  }

  /** Whether it was held until now. */
  boolean letGo() throws IOException {
    return Files.deleteIfExists(mark());
  }

  private Path mark() {
    return own.resolve("held");
  }

  /** Deletes all of it, for places that no runner empties. */
  void delete() throws IOException {
    List<Path> files;
    try (Stream<Path> tree = Files.exists(own) ? Files.walk(own) : Stream.empty()) {
      files = tree.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.deleteIfExists(file);
    }
  }

  /** What the steps know of it. */
  Optional<Path> socketForSteps() {
    return canHoldSocket() ? Optional.of(socketOfSteps()) : Optional.empty();
  }
}
