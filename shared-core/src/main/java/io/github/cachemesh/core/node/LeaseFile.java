package io.github.cachemesh.core.node;

import io.github.cachemesh.core.store.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The leases of one node on disk, {@code nodes/ID/leases.json} with mode 0600. It is there from the
 * node's first lease to its orderly end, so a node that finds it follows one that crashed.
 * Thread-safe.
 */
final class LeaseFile {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Path folder;
  private final Path file;
  private boolean deleted;

  /**
   * @param folder of the node
   */
  LeaseFile(Path folder) {
    this.folder = folder;
    this.file = folder.resolve("leases.json");
  }

  /** What is there; empty where there is nothing, or nothing that can be understood. */
  Optional<List<HeldLease>> read() throws IOException {
    try {
      return Optional.of(List.of(JSON.readValue(Files.readAllBytes(file), HeldLease[].class)));
    } catch (NoSuchFileException | JacksonException e) {
      return Optional.empty();
    }
  }

  /** Writes them in place of what is there, unless the file was deleted: the node is ending. */
  synchronized void write(List<HeldLease> leases, InstantSource clock) throws IOException {
    if (!deleted) {
      PrivateFiles.replace(file, clock.instant(), ByteBuffer.wrap(JSON.writeValueAsBytes(leases)));
    }
  }

  /** For good; the node's folder goes too where nothing else is in it. */
  synchronized void delete() throws IOException {
    deleted = true;
    if (Files.deleteIfExists(file)) {
      try {
        Files.deleteIfExists(folder);
      } catch (DirectoryNotEmptyException e) {
        // Whoever started the node keeps files there.
      }
    }
  }
}
