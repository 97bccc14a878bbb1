package io.github.cachemesh.images.training;

import io.github.cachemesh.core.cli.Main;
import io.github.cachemesh.core.node.NodeClient;
import io.github.cachemesh.core.node.NodeFolder;
import io.github.cachemesh.core.node.NodeState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * What the AOT cache is trained by: one process goes through all that the processes of the images
 * do, since JDK 25 cannot merge runs. A class that is not met here is loaded from its jar at run
 * time, which is slower and never wrong; one that is met here and needed by no process of the
 * images costs each of them. A new action is one line in {@link #ACTIONS}.
 */
public final class Training {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofMillis(20);

  private static final Trainee CODEQL_CACHE =
      new Trainee(
          io.github.cachemesh.codeqlcache.Main.action(),
          io.github.cachemesh.codeqlcache.Main.class);

  private static final List<Trainee> ACTIONS =
      List.of(
          CODEQL_CACHE,
          new Trainee(
              io.github.cachemesh.credentials.Main.action(),
              io.github.cachemesh.credentials.Main.class));

  private Training() {}

  /** Ends by the node's own exit, at which the JVM writes what it has learnt. */
  @SuppressWarnings("CatchingUnchecked") // The node's threads would go on for ever.
  public static void main(String... args) {
    try {
      train(Files.createTempDirectory("training"));
    } catch (Exception | LinkageError e) {
      e.printStackTrace();
      System.exit(1);
    }
  }

  private static void train(Path folder) throws IOException, InterruptedException {
    TinyUpstream upstream = TinyUpstream.start();
    Path socket = folder.resolve("node.sock");
    NodeState node = serve(folder, socket, upstream);
    new NodeVisit(Objects.requireNonNull(node.url()), socket).run();
    for (Trainee trainee : ACTIONS) {
      new TrainingJob(Files.createTempDirectory(folder, "job"), trainee, upstream).run();
    }
    new TrainingScan(Files.createTempDirectory(folder, "scan"), CODEQL_CACHE, upstream).run();
    NodeClient client = NodeClient.of(node, LIMIT);
    beContainer(Files.createTempDirectory(folder, "container"), upstream, client);
    client.stop();
  }

  /** The one that talks to Docker, with an engine of our own. */
  private static void beContainer(Path root, TinyUpstream upstream, NodeClient client)
      throws IOException {
    for (String part : List.of("proc/self", "var/run", "github/runner_temp")) {
      Files.createDirectories(root.resolve(part));
    }
    Files.writeString(
        root.resolve("proc/self/mountinfo"), "/containers/" + TinyEngine.CONTAINER + "/hosts");
    Path job = Files.createDirectory(root.resolve("job"));
    TinyEngine.start(
        root.resolve("var/run/docker.sock"),
        TrainingJob.output(job).toString(),
        client.stats().body());
    new TrainingJob(
            job,
            new Trainee(
                io.github.cachemesh.setup.Main.containerAction(root),
                io.github.cachemesh.setup.Main.class),
            upstream)
        .run();
    if (!Files.readString(TrainingJob.output(job)).contains("success")) {
      throw new IllegalStateException("setup-github-cache takes no lease here; see its warning");
    }
    if (Files.size(TrainingJob.summary(job)) == 0) {
      throw new IllegalStateException("setup-github-cache gives no lease back; see its warning");
    }
  }

  private static NodeState serve(Path folder, Path socket, TinyUpstream upstream)
      throws IOException, InterruptedException {
    Path cache = folder.resolve("cache");
    NodeFolder nodes = new NodeFolder(cache);
    nodes.create();
    String[] command = {
      "serve",
      "--cache-dir",
      cache.toString(),
      "--socket",
      socket.toString(),
      "--upstream",
      upstream.url().toString()
    };
    Thread.ofPlatform().name("node").start(() -> Main.main(command));
    for (long end = System.nanoTime() + LIMIT.toNanos(); System.nanoTime() < end; ) {
      List<NodeState> running = nodes.running();
      if (!running.isEmpty()) {
        return running.getFirst();
      }
      Thread.sleep(POLL);
    }
    throw new IllegalStateException("the node is not there after " + LIMIT.toSeconds() + " s");
  }
}
