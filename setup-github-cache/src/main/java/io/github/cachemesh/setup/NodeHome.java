package io.github.cachemesh.setup;

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
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The files of one run of a node, in a folder of its own beside its state file: what it runs on,
 * and the job that uses it. They outlive the runner's temporary folder, and go with the node.
 *
 * @param id of the node; never used twice
 */
record NodeHome(Path cacheDir, String id) {
  private static final JsonMapper JSON = JsonMapper.shared();

  Path folder() {
    return cacheDir.resolve("nodes").resolve(id);
  }

  Path socket() {
    return folder().resolve("api.sock");
  }

  /** What the node's processes say before and beside their log. */
  Path console() {
    return folder().resolve("console.log");
  }

  Path log() {
    return folder().resolve("node.log");
  }

  Path cacheConfig() {
    return folder().resolve("cache-config.yml");
  }

  /** Where {@code serve} looks for it when told of {@link #cacheConfig}. */
  Path p2pConfig() {
    return folder().resolve("p2p-config.yml");
  }

  private Path leaseFile() {
    return folder().resolve("lease.json");
  }

  void create() throws IOException {
    PrivateFiles.createFolder(folder());
  }

  /** The node, when it has published where it is and its process runs. */
  Optional<NodeState> running() throws IOException {
    return new NodeFolder(cacheDir)
        .running().stream().filter(node -> node.id().equals(id)).findFirst();
  }

  /** The job that uses the node, if any. */
  Optional<JobLease> lease() throws IOException {
    try {
      return Optional.of(JSON.readValue(Files.readAllBytes(leaseFile()), JobLease.class));
    } catch (NoSuchFileException | JacksonException e) {
      return Optional.empty();
    }
  }

  void take(JobLease lease, Instant now) throws IOException {
    PrivateFiles.replace(leaseFile(), now, ByteBuffer.wrap(JSON.writeValueAsBytes(lease)));
  }

  void dropLease() throws IOException {
    Files.deleteIfExists(leaseFile());
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
