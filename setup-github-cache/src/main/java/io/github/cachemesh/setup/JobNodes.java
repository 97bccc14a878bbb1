package io.github.cachemesh.setup;

import io.github.cachemesh.actions.ActionFailure;
import io.github.cachemesh.core.node.LeaseRequest;
import io.github.cachemesh.core.node.NodeClient;
import io.github.cachemesh.core.node.NodeFolder;
import io.github.cachemesh.core.node.NodeState;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds or starts the node for a job. A runner has one lease among all nodes of a cache folder: one
 * that an earlier job left behind, because it was killed, is given back.
 */
final class JobNodes {
  /** Longer than any job, so that no node that might still be started anew loses its files. */
  private static final Duration LEFT_OVER = Duration.ofDays(6);

  private final JobFiles files;
  private final NodeLauncher launcher;
  private final SecureRandom random;

  JobNodes(JobFiles files, NodeLauncher launcher, SecureRandom random) {
    this.files = files;
    this.launcher = launcher;
    this.random = random;
  }

  /**
   * Takes a lease on a running node that is as planned.
   *
   * @throws IOException when the cache folder cannot be used
   */
  Optional<JobNode> join(NodePlanner planner) throws IOException {
    NodeFolder folder = new NodeFolder(files.cacheDir());
    folder.create();
    List<NodeState> running = folder.running();
    sweep(running);
    Optional<JobNode> joined = Optional.empty();
    for (NodeState state : running) {
      NodeHome home = new NodeHome(files.cacheDir(), state.id());
      if (joined.isEmpty() && state.id().startsWith(planner.idPrefix())) {
        joined = join(JobNode.of(home, state, files.runner()));
      } else if (!files.holds(home)
          && home.lease()
              .filter(held -> held.runner().equals(files.runner().value()))
              .isPresent()) {
        giveBack(JobNode.of(home, state, files.runner()));
      }
    }
    return joined;
  }

  /** Deletes what nodes left behind that could not tidy up, such as at a power cut. */
  private void sweep(List<NodeState> running) throws IOException {
    Set<String> ids = running.stream().map(NodeState::id).collect(Collectors.toSet());
    Instant limit = Instant.now().minus(LEFT_OVER);
    try (DirectoryStream<Path> homes =
        Files.newDirectoryStream(files.cacheDir().resolve("nodes"), Files::isDirectory)) {
      for (Path folder : homes) {
        String id = folder.getFileName().toString();
        if (!ids.contains(id) && Files.getLastModifiedTime(folder).toInstant().isBefore(limit)) {
          new NodeHome(files.cacheDir(), id).delete();
        }
      }
    }
  }

  private Optional<JobNode> join(JobNode node) throws IOException {
    if (!Files.exists(node.socket())) {
      giveBack(node);
      return Optional.empty();
    }
    node.home().take(files.lease(), Instant.now());
    try {
      NodeClient.of(node.state(), NodeStart.ANSWER_LIMIT)
          .acquireLease(LeaseRequest.of(files.runner().value()));
      return Optional.of(node);
    } catch (IOException e) {
      // It is ending, or hangs: another one is started.
    }
    node.home().dropLease();
    return Optional.empty();
  }

  private static void giveBack(JobNode node) {
    try {
      node.release();
    } catch (IOException e) {
      // A node that does not answer holds nobody up.
    }
  }

  /**
   * Starts a node and waits until it answers.
   *
   * @throws IOException when the cache folder cannot be used or the process not be started
   * @throws ActionFailure when it does not answer; says what it logged
   */
  JobNode start(NodePlanner planner) throws IOException, InterruptedException {
    Path systemTemp = Path.of(System.getProperty("java.io.tmpdir"));
    NodePlan plan = planner.plan(random, systemTemp, files.lease(), Instant.now());
    NodeHome home = plan.home();
    try {
      NodeLauncher.Launched launched = launcher.launch(plan);
      return switch (NodeStart.await(home, launched, NodeStart.LIMIT)) {
        case NodeStart.Result.Ready(NodeState state) -> JobNode.of(home, state, files.runner());
        case NodeStart.Result.Ended _ -> throw failure("ended at once", home);
        case NodeStart.Result.TooSlow _ -> {
          launched.stop();
          throw failure("did not answer within " + NodeStart.LIMIT.toSeconds() + " s", home);
        }
      };
    } catch (IOException | RuntimeException e) {
      home.delete();
      throw e;
    }
  }

  private static ActionFailure failure(String problem, NodeHome home) {
    return new ActionFailure(
        "The cache node " + problem + "." + new LogTail(home).text(),
        "What it says there is what to mend; if it says nothing, try another 'cache-dir'.");
  }
}
