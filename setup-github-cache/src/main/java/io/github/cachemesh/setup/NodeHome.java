package io.github.cachemesh.setup;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cachemesh.core.node.NodeFolder;
import io.github.cachemesh.core.node.NodeState;
import io.github.cachemesh.core.store.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files of one run of a node, in a folder of its own beside its state file. They outlive the
 * runner's temporary folder, and go with the node.
 *
 * @param id of the node; never used twice
 */
record NodeHome(Path cacheDir, String id) {
  Path folder() {
    return cacheDir.resolve("nodes").resolve(id);
  }

  Path file(String name) {
    return folder().resolve(name);
  }

  /** What the node's processes say before and beside their log. */
  Path console() {
    return file("console.log");
  }

  Path log() {
    return file("node.log");
  }

  void create(Map<String, String> files, Instant now) throws IOException {
    PrivateFiles.createFolder(folder());
    for (Map.Entry<String, String> file : files.entrySet()) {
      PrivateFiles.replace(
          file(file.getKey()), now, ByteBuffer.wrap(file.getValue().getBytes(UTF_8)));
    }
  }

  /** The node, when it has published where it is and its process runs. */
  Optional<NodeState> running() throws IOException {
    return new NodeFolder(cacheDir)
        .running().stream().filter(node -> node.id().equals(id)).findFirst();
  }

  /** Where the node is, or was when it crashed. */
  Optional<NodeState> published() throws IOException {
    return new NodeFolder(cacheDir).published(id);
  }

  void delete() throws IOException {
    List<Path> files;
    try (Stream<Path> tree = Files.walk(folder())) {
      files = tree.sorted(Comparator.reverseOrder()).toList();
    } catch (NoSuchFileException e) {
      return;
    }
    for (Path file : files) {
      Files.deleteIfExists(file);
    }
  }
}
