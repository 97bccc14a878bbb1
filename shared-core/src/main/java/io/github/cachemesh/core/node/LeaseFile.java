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
import java.util.logging.Logger;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The leases of one node on disk, {@code nodes/ID/leases.json} with mode 0600. It is there from the
 * node's first lease to its orderly end, so a node that finds it follows one that crashed. What
 * fails here costs leases in a crash, and nothing else: it is logged. Thread-safe.
 */
final class LeaseFile {
  private static final Logger LOG = Logger.getLogger(LeaseFile.class.getName());
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String NAME = "leases.json";

  private final Path folder;
  private final InstantSource clock;
  private boolean deleted;

  /**
   * @param folder of the node
   */
  LeaseFile(Path folder, InstantSource clock) {
    this.folder = folder;
    this.clock = clock;
  }

  /** What is in a node's folder; empty where nothing is, or nothing that can be understood. */
  static Optional<List<HeldLease>> read(Path folder) throws IOException {
    try {
      byte[] json = Files.readAllBytes(folder.resolve(NAME));
      return Optional.of(List.of(JSON.readValue(json, HeldLease[].class)));
    } catch (NoSuchFileException | JacksonException e) {
      return Optional.empty();
    }
  }

  /** What a node of this id left that crashed, where one did. */
  Optional<List<HeldLease>> left() {
    try {
      return read(folder);
    } catch (IOException e) {
      LOG.warning(() -> "cachemesh: leases from before the start are lost: " + e);
      return Optional.empty();
    }
  }

  /** Writes them in place of what is there, unless the node is ending. */
  synchronized void remember(List<HeldLease> leases) {
    if (deleted) {
      return;
    }
    try {
      PrivateFiles.replace(
          folder.resolve(NAME), clock.instant(), ByteBuffer.wrap(JSON.writeValueAsBytes(leases)));
    } catch (IOException e) {
      LOG.warning(() -> "cachemesh: leases would not outlive a crash: " + e);
    }
  }

  /** For good; the folder goes too where nothing else is in it. */
  synchronized void delete() throws IOException {
    deleted = true;
    if (Files.deleteIfExists(folder.resolve(NAME))) {
      try {
        Files.deleteIfExists(folder);
      } catch (DirectoryNotEmptyException e) {
        // Whoever started the node keeps files there.
      }
    }
  }
}
