package io.github.cachemesh.core.node;

import io.github.cachemesh.core.store.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The state files of the nodes that share one cache folder, {@code nodes/ID.json} with mode 0600.
 * Thread-safe; safe for many processes.
 */
public final class NodeFolder {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String SUFFIX = ".json";

  /** Longer than a node in a container is likely to run at a stretch. */
  private static final Duration LEFT_OVER = Duration.ofDays(30);

  private final Path folder;

  public NodeFolder(Path cacheDir) {
    this.folder = cacheDir.resolve("nodes");
  }

  /** Where the node of that id logs. */
  public Path log(String id) {
    return folder.resolve(id + ".log");
  }

  /**
   * The leases on the node of that id, which may run or have crashed; none after its orderly end.
   * For whoever keeps the jobs' tools working while a crashed node is started anew.
   *
   * @throws IOException when they cannot be read
   */
  public List<HeldLease> leases(String id) throws IOException {
    return LeaseFile.read(home(id)).orElse(List.of());
  }

  /** What the node of that id has published, which may run or have crashed. */
  public Optional<NodeState> published(String id) throws IOException {
    return read(folder.resolve(id + SUFFIX));
  }

  /** The folder of the node of that id, beside its state file. */
  Path home(String id) {
    return folder.resolve(id);
  }

  /** Creates the folder, for its owner alone. */
  public void create() throws IOException {
    PrivateFiles.createFolder(folder);
  }

  void publish(NodeState state) throws IOException {
    PrivateFiles.replace(
        folder.resolve(state.id() + SUFFIX),
        state.startedAt(),
        ByteBuffer.wrap(JSON.writeValueAsBytes(state)));
  }

  void withdraw(String id) throws IOException {
    Files.deleteIfExists(folder.resolve(id + SUFFIX));
  }

  /**
   * The nodes that run, the latest started first. State files of dead ones are removed on the way,
   * and their logs. Of nodes in other containers nothing is known: they are left alone, unless
   * their files are older than {@link #LEFT_OVER}.
   */
  public List<NodeState> running() throws IOException {
    List<NodeState> nodes = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, NodeFolder::isStateFile)) {
      for (Path file : files) {
        Optional<NodeState> state = read(file);
        boolean own = state.map(NodeState::isOfOwnPidNamespace).orElse(true);
        if (own && state.isPresent() && state.get().isAlive()) {
          nodes.add(state.get());
        } else if (own || isLeftOver(file)) {
          Files.deleteIfExists(file);
          state.ifPresent(dead -> forgetLog(dead.id()));
        }
      }
    } catch (NoSuchFileException e) {
      return List.of();
    }
    nodes.sort(Comparator.comparing(NodeState::startedAt).reversed());
    return nodes;
  }

  /**
   * Whether a node of that id runs in another process. In a container that is started again, this
   * process has the number of the one that crashed.
   */
  public boolean runsElsewhere(String id) throws IOException {
    long own = ProcessHandle.current().pid();
    return running().stream().anyMatch(node -> node.id().equals(id) && node.pid() != own);
  }

  private static boolean isLeftOver(Path file) throws IOException {
    try {
      Instant written = Files.getLastModifiedTime(file).toInstant();
      return written.isBefore(Instant.now().minus(LEFT_OVER));
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** A node may be called {@code a.json}, and its folder then too. */
  private static boolean isStateFile(Path path) {
    return path.toString().endsWith(SUFFIX) && !Files.isDirectory(path);
  }

  private void forgetLog(String id) {
    try {
      Files.deleteIfExists(log(id));
      Files.deleteIfExists(folder.resolve(id + ".log.1"));
    } catch (IOException e) {
      // It is only a log; the next look tries again for other nodes.
    }
  }

  private static Optional<NodeState> read(Path file) throws IOException {
    try {
      return Optional.ofNullable(JSON.readValue(Files.readAllBytes(file), NodeState.class));
    } catch (NoSuchFileException | JacksonException e) {
      return Optional.empty();
    }
  }
}
