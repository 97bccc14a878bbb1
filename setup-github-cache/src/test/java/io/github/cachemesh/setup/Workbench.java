package io.github.cachemesh.setup;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import io.github.cachemesh.core.node.NodeClient;
import io.github.cachemesh.core.node.NodeFolder;
import io.github.cachemesh.core.node.NodeState;
import io.github.cachemesh.testkit.runner.EmulatedAction;
import io.github.cachemesh.testkit.runner.EmulatedRunner;
import io.github.cachemesh.testkit.runner.Flavour;
import io.github.cachemesh.testkit.runner.JvmActionLauncher;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A runner in a folder, with this action on it; nodes that jobs leave behind end with it. */
final class Workbench implements AutoCloseable {
  private final EmulatedRunner runner;

  Workbench(Path root, Flavour flavour) {
    this.runner = EmulatedRunner.in(root).flavour(flavour).stepTimeout(Duration.ofSeconds(90));
  }

  EmulatedRunner runner() {
    return runner;
  }

  Path home() {
    return runner.folders().home();
  }

  Path cacheDir() {
    return home().resolve(".cache/github-api-p2p");
  }

  EmulatedAction action() throws IOException {
    return EmulatedAction.of(
        Path.of("action.yml"),
        new JvmActionLauncher(
            Path.of(System.getProperty("java.home"), "bin", "java"),
            List.of(
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx128m", "-Duser.home=" + home()),
            System.getProperty("java.class.path"),
            Main.class.getName()));
  }

  List<NodeState> nodes() throws IOException {
    return new NodeFolder(cacheDir()).running();
  }

  NodeState onlyNode() throws IOException {
    List<NodeState> nodes = nodes();
    if (nodes.size() != 1) {
      throw new AssertionError("expected one node, found " + nodes);
    }
    return nodes.getFirst();
  }

  @Override
  public void close() throws IOException {
    for (NodeState node : nodes()) {
      NodeClient.of(node, Duration.ofSeconds(10)).stop();
      NodeHome files = new NodeHome(cacheDir(), node.id());
      await().atMost(30, SECONDS).until(() -> !files.folder().toFile().exists());
    }
  }
}
