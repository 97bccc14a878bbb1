package io.github.cachemesh.setup;

import io.github.cachemesh.actions.ActionContext;
import io.github.cachemesh.actions.ActionFailure;
import io.github.cachemesh.core.node.CacheNode;
import io.github.cachemesh.core.node.Lease;
import io.github.cachemesh.core.node.LeaseRequest;
import io.github.cachemesh.core.node.NodeClient;
import io.github.cachemesh.core.node.NodeFolder;
import io.github.cachemesh.core.node.NodeState;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;

/**
 * Nodes as processes beside this one, found by their state files in the cache folder. A runner has
 * one lease among all nodes of a cache folder: one that an earlier job left behind, because it was
 * killed, is given back.
 */
final class ProcessHost implements NodeHost {
  private final ActionContext context;
  private final NodeLauncher launcher;
  private final Path home;
  private final SecureRandom random;
  private final RunnerIdentity runner;

  /**
   * @param home of the runner's user, below which the cache and gh's configuration are by default
   */
  ProcessHost(ActionContext context, NodeLauncher launcher, Path home, SecureRandom random) {
    this.context = context;
    this.launcher = launcher;
    this.home = home;
    this.random = random;
    this.runner = RunnerIdentity.of(context.environment());
  }

  @Override
  public RunnerIdentity runner() {
    return runner;
  }

  @Override
  public JobPlace place() {
    return JobPlace.seenByAll(context.environment().temp().toAbsolutePath().resolve("cachemesh"));
  }

  @Override
  public Optional<Path> ghOfUser() {
    return Optional.of(
        context
            .environment()
            .variable(GhFolder.VARIABLE)
            .map(Path::of)
            .or(
                () ->
                    context
                        .environment()
                        .variable("XDG_CONFIG_HOME")
                        .map(xdg -> Path.of(xdg, "gh")))
            .orElse(home.resolve(".config").resolve("gh")));
  }

  @Override
  public JobNode lease(JobSettings settings) throws IOException, InterruptedException {
    Path cacheDir = settings.cacheDir();
    NodePlan plan =
        NodePlanner.plan(
            runner.value(),
            settings,
            context.environment().kind(),
            context.environment().variables());
    Optional<JobNode> joined = join(plan, cacheDir);
    return joined.isPresent() ? joined.get() : start(plan, cacheDir);
  }

  private Optional<JobNode> join(NodePlan plan, Path cacheDir) throws IOException {
    NodeFolder folder = new NodeFolder(cacheDir);
    folder.create();
    Optional<JobNode> joined = Optional.empty();
    for (NodeState state : folder.running()) {
      if (joined.isEmpty() && state.id().startsWith(plan.fingerprint() + "-")) {
        joined = join(state);
      } else {
        giveBack(state);
      }
    }
    return joined;
  }

  private Optional<JobNode> join(NodeState state) {
    try {
      return Optional.of(leased(state, false));
    } catch (IOException e) {
      // It is ending, or hangs: another one is started.
      giveBack(state);
      return Optional.empty();
    }
  }

  private void giveBack(NodeState state) {
    try {
      var _ = client(state).releaseLease(runner.value());
    } catch (IOException e) {
      // A node that does not answer holds nobody up.
    }
  }

  private static NodeClient client(NodeState state) {
    return NodeClient.of(state, NodeStart.ANSWER_LIMIT);
  }

  private JobNode leased(NodeState state, boolean started) throws IOException {
    LeaseRequest request = LeaseRequest.of(runner.value()).withGh(place().ghOfNode());
    NodeClient client = client(state);
    Lease lease =
        client.acquireLease(
            place().canHoldSocket() ? request.withSocket(place().socketOfNode()) : request);
    return new JobNode(
        client,
        lease,
        String.valueOf(lease.url()),
        "",
        Path.of(lease.cacheDir()),
        Path.of(lease.statsFile()),
        started);
  }

  private JobNode start(NodePlan plan, Path cacheDir) throws IOException, InterruptedException {
    NodeHome node = new NodeHome(cacheDir, plan.fingerprint() + "-" + CacheNode.randomId(random));
    node.create(plan.files(), Instant.now());
    try {
      NodeLauncher.Launched launched = launcher.launch(plan, node, runner);
      return switch (NodeStart.await(node, launched, NodeStart.LIMIT)) {
        case NodeStart.Result.Ready(NodeState state) -> leased(state, true);
        case NodeStart.Result.Ended _ -> throw failure("ended at once", node);
        case NodeStart.Result.TooSlow _ -> {
          launched.stop();
          throw failure("did not answer within " + NodeStart.LIMIT.toSeconds() + " s", node);
        }
      };
    } catch (IOException | RuntimeException e) {
      node.delete();
      throw e;
    }
  }

  private static ActionFailure failure(String problem, NodeHome home) {
    return new ActionFailure(
        "The cache node " + problem + "." + new LogTail(home).text(),
        "What it says there is what to mend; if it says nothing, try another 'cache-dir'.");
  }

  @Override
  public Optional<NodeClient> find(String id) throws IOException {
    return new NodeFolder(JobMemory.cacheDir(context.state()))
        .running().stream()
            .filter(state -> state.id().equals(id))
            .findFirst()
            .map(ProcessHost::client);
  }

  @Override
  public void leave() {
    // The runner empties the temporary folder.
  }
}
