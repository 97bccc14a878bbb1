package io.github.cachemesh.setup;

import io.github.cachemesh.core.cli.Main;
import io.github.cachemesh.core.node.NodeState;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps gh working whatever becomes of a node: while no node answers, gh's socket setting is taken
 * back, and a node that crashed under a job is started anew with its id, socket and port, {@value
 * #MAX_RESTARTS} times at most. It ends with the node, and is a process of its own.
 */
public final class NodeSupervisor {
  static final int MAX_RESTARTS = 3;

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
  private final Path socket;
  private final LeasedGh gh;
  private final List<String> serveArguments;
  private final JvmCommand jvm;

  private volatile @Nullable Process node;
  private volatile boolean ending;

  private NodeSupervisor(NodeHome home, Path socket, List<String> serveArguments, JvmCommand jvm) {
    this.home = home;
    this.socket = socket;
    this.gh = new LeasedGh(home, socket);
    this.serveArguments = List.copyOf(serveArguments);
    this.jvm = jvm;
  }

  /**
   * Runs until the node has ended for good.
   *
   * @param args the cache folder, the node's id, its socket, then its command line
   */
  public static void main(String... args) throws IOException, InterruptedException {
    NodeSupervisor supervisor =
        new NodeSupervisor(
            new NodeHome(Path.of(args[0]), args[1]),
            Path.of(args[2]),
            Arrays.asList(args).subList(3, args.length),
            JvmCommand.ofThisJvm());
    // In a hook, so that a signal ends things in the same way as the node's own end does.
    Runtime.getRuntime().addShutdownHook(new Thread(supervisor::end));
    System.exit(supervisor.run());
  }

  private int run() throws IOException, InterruptedException {
    String listen = ANY_PORT;
    Optional<JobLease> lease = Optional.empty();
    for (int restarts = 0; ; restarts++) {
      Process process = start(listen);
      node = process;
      Optional<NodeState> ready = awaitReady(process);
      if (ready.isPresent() && lease.isPresent()) {
        gh.giveAgain(lease.get(), ready.get());
      }
      int exit = process.waitFor();
      gh.takeBack();
      lease = gh.lease();
      boolean crashed = exit != 0 && !ending && ready.isPresent();
      if (!crashed || lease.isEmpty() || restarts == MAX_RESTARTS) {
        return exit;
      }
      System.out.println("the node ended with exit code " + exit + " and is started anew");
      listen = ready.map(NodeState::url).map(url -> URI.create(url).getAuthority()).orElse(listen);
    }
  }

  private Process start(String listen) throws IOException {
    List<String> arguments = new ArrayList<>(serveArguments);
    arguments.addAll(List.of("--listen", listen));
    return new ProcessBuilder(jvm.of(NODE_JVM, Main.class, arguments))
        .redirectInput(Redirect.from(new File("/dev/null")))
        .redirectOutput(Redirect.INHERIT)
        .redirectError(Redirect.INHERIT)
        .start();
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
    gh.takeBack();
    try {
      boolean endedAsAsked = endNode();
      deleteOwnSocketFolder();
      // Otherwise its log says why it ended: whoever started it, or a later job, deletes that.
      if (endedAsAsked) {
        home.delete();
      }
    } catch (IOException e) {
      System.out.println("files of the node are left behind: " + Reason.of(e));
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

  /** Only where {@link SocketPlace} made one for it. */
  private void deleteOwnSocketFolder() throws IOException {
    Path parent = socket.getParent();
    if (parent != null && !parent.equals(home.folder())) {
      Files.deleteIfExists(socket);
      Files.deleteIfExists(parent);
    }
  }
}
