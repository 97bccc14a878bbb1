package io.github.cachemesh.e2e;

import static org.awaitility.Awaitility.await;

import io.github.cachemesh.core.node.NodeFolder;
import io.github.cachemesh.core.node.NodeState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** {@code cachemesh serve} as a process of its own. */
final class ServeProcess implements AutoCloseable {
  private final Process process;
  private final NodeState state;

  private ServeProcess(Process process, NodeState state) {
    this.process = process;
    this.state = state;
  }

  static ServeProcess start(Path cacheDir, String upstream, String id) throws IOException {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-Xmx256m",
                    "-cp",
                    System.getProperty("java.class.path"),
                    "io.github.cachemesh.core.cli.Main",
                    "serve",
                    "--node-id",
                    id,
                    "--cache-dir",
                    cacheDir.toString(),
                    "--upstream",
                    upstream))
            .inheritIO()
            .start();
    try {
      NodeState state =
          await("node " + id + " is ready")
              .atMost(Duration.ofSeconds(60))
              .until(() -> state(cacheDir, id), Optional::isPresent)
              .orElseThrow();
      return new ServeProcess(process, state);
    } catch (RuntimeException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  private static Optional<NodeState> state(Path cacheDir, String id) throws IOException {
    return new NodeFolder(cacheDir)
        .running().stream().filter(node -> node.id().equals(id)).findFirst();
  }

  String url() {
    return String.valueOf(state.url());
  }

  /** Ends it as {@code kill -9} does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Asks it to end, with SIGTERM. */
  void stop() throws InterruptedException {
    process.destroy();
    process.waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
