package io.github.cachemesh.setup;

import io.github.cachemesh.actions.FailureReason;
import io.github.cachemesh.core.cli.Main;
import io.github.cachemesh.core.node.NodeFolder;
import io.github.cachemesh.core.node.NodeState;
import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps gh working whatever becomes of a node: while no node answers, gh's socket setting is taken
 * back, and a node that crashed under a job is started anew with its id, sockets and ports, {@value
 * #MAX_RESTARTS} times at most. It ends with the node, and is a process of its own.
 */
public final class NodeSupervisor {
  static final int MAX_RESTARTS = 3;

  /** Longer than any job, so that no node that might still be started anew loses its files. */
  private static final Duration LEFT_OVER = Duration.ofDays(6);

  private static final int END_SECONDS = 15;
  private static final String ANY_PORT = "127.0.0.1:0";
  private static final List<String> NODE_JVM =
      List.of(
          "-XX:+UseSerialGC",
          // A node that is short of memory is better started anew than half alive.
          "-XX:+ExitOnOutOfMemoryError",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  private final NodeHome home;
  private final LeasedGh gh;
  private final List<String> serveArguments;
  private final JvmCommand jvm;

  private volatile @Nullable Process node;
  private volatile boolean ending;

  private NodeSupervisor(NodeHome home, List<String> serveArguments, JvmCommand jvm) {
    this.home = home;
    this.gh = new LeasedGh(home);
    this.serveArguments = List.copyOf(serveArguments);
    this.jvm = jvm;
  }

  /**
   * Runs until the node has ended for good.
   *
   * @param args the cache folder, the node's id, then its command line
   */
  public static void main(String... args) throws IOException, InterruptedException {
    NodeSupervisor supervisor =
        new NodeSupervisor(
            new NodeHome(Path.of(args[0]), args[1]),
            Arrays.asList(args).subList(2, args.length),
            JvmCommand.ofThisJvm());
    // In a hook, so that a signal ends things in the same way as the node's own end does.
    Runtime.getRuntime().addShutdownHook(new Thread(supervisor::end));
    System.exit(supervisor.run());
  }

  private int run() throws IOException, InterruptedException {
    sweep();
    String listen = ANY_PORT;
    for (int restarts = 0; ; restarts++) {
      Process process = start(listen);
      node = process;
      Optional<NodeState> ready = awaitReady(process);
      if (ready.isPresent() && restarts > 0) {
        gh.on();
      }
      int exit = process.waitFor();
      boolean used = gh.off();
      if (exit == 0 || ending || !used || restarts == MAX_RESTARTS) {
        return exit;
      }
      tell("the node ended with exit code " + exit + " and is started anew");
      listen =
          home.published()
              .map(NodeState::url)
              .map(url -> URI.create(url).getAuthority())
              .orElse(listen);
    }
  }

  /** Deletes what nodes left behind that could not tidy up, such as at a power cut. */
  private void sweep() throws IOException {
    Set<String> running =
        new NodeFolder(home.cacheDir())
            .running().stream().map(NodeState::id).collect(Collectors.toSet());
    Instant limit = Instant.now().minus(LEFT_OVER);
    try (DirectoryStream<Path> homes =
        Files.newDirectoryStream(home.cacheDir().resolve("nodes"), Files::isDirectory)) {
      for (Path folder : homes) {
        String id = folder.getFileName().toString();
        if (!running.contains(id)
            && Files.getLastModifiedTime(folder).toInstant().isBefore(limit)) {
          new NodeHome(home.cacheDir(), id).delete();
        }
      }
    }
  }

  private Process start(String listen) throws IOException {
    List<String> arguments = new ArrayList<>(serveArguments);
    arguments.addAll(List.of("--listen", listen));
    return new ProcessBuilder(jvm.of(NODE_JVM, Main.class, arguments)).inheritIO().start();
  }

  private Optional<NodeState> awaitReady(Process process) throws IOException, InterruptedException {
    return switch (NodeStart.await(
        home, new JvmNodeLauncher.LaunchedProcess(process), NodeStart.LIMIT)) {
      case NodeStart.Result.Ready(NodeState state) -> Optional.of(state);
      case NodeStart.Result.Ended _ -> Optional.empty();
      case NodeStart.Result.TooSlow _ -> {
        process.destroyForcibly();
        yield Optional.empty();
      }
    };
  }

  private void end() {
    ending = true;
    var _ = gh.off();
    try {
      boolean endedAsAsked = endNode();
      // Otherwise its log says why it ended: whoever started it, or a later one, deletes that.
      if (endedAsAsked) {
        home.delete();
      }
    } catch (IOException e) {
      tell("files of the node are left behind: " + FailureReason.of(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean endNode() throws InterruptedException {
    Process process = node;
    if (process == null) {
      return false;
    }
    process.destroy();
    if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      return false;
    }
    return process.exitValue() == 0;
  }

  /** Standard output may be the node's line to those who administer it. */
  static void tell(String what) {
    System.err.println("cachemesh: " + what);
  }
}
