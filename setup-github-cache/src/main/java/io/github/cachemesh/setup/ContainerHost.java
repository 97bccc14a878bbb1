package io.github.cachemesh.setup;

import io.github.cachemesh.actions.ActionContext;
import io.github.cachemesh.actions.ActionFailure;
import io.github.cachemesh.actions.FailureReason;
import io.github.cachemesh.actions.RunnerKind;
import io.github.cachemesh.core.node.CacheNode;
import io.github.cachemesh.core.node.Lease;
import io.github.cachemesh.core.node.LeaseRequest;
import io.github.cachemesh.core.node.NodeClient;
import io.github.cachemesh.core.node.NodeEndingException;
import io.github.cachemesh.setup.docker.Attachment;
import io.github.cachemesh.setup.docker.Container;
import io.github.cachemesh.setup.docker.DockerEngine;
import io.github.cachemesh.setup.docker.EngineFailure;
import io.github.cachemesh.setup.docker.Mount;
import io.github.cachemesh.setup.docker.OwnContainer;
import io.github.cachemesh.setup.docker.TarArchive;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Nodes in containers beside this action's own, on the same Docker engine and of the same image.
 * One that is there already is joined; of two jobs that start one at the same time, the engine lets
 * one win, since both ask for the same name.
 */
final class ContainerHost implements NodeHost {
  private static final String SOCKET = "var/run/docker.sock";
  private static final String MOUNT_INFO = "proc/self/mountinfo";
  private static final int MAX_ATTEMPTS = 50;
  private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(200);

  /** How long another job may take from making a container to starting it. */
  private static final Duration BEING_STARTED = Duration.ofSeconds(30);

  private final ActionContext context;
  private final DockerEngine engine;
  private final ContainerSurroundings surroundings;
  private final TarArchive.Owner owner;
  private final RunnerIdentity runner;
  private final SecureRandom random;

  private ContainerHost(
      ActionContext context,
      DockerEngine engine,
      ContainerSurroundings surroundings,
      TarArchive.Owner owner,
      SecureRandom random) {
    this.context = context;
    this.engine = engine;
    this.surroundings = surroundings;
    this.owner = owner;
    this.runner = RunnerIdentity.of(context.environment(), surroundings);
    this.random = random;
  }

  /**
   * @param root of this container's file system
   * @throws ActionFailure when this container has no engine, or one that runs no node for it
   */
  static ContainerHost open(ActionContext context, Path root, SecureRandom random)
      throws IOException {
    if (context.environment().kind() instanceof RunnerKind.Kubernetes) {
      throw NoContainers.kubernetes();
    }
    Path socket = root.resolve(SOCKET);
    if (!Files.exists(socket)) {
      throw NoContainers.noSocket();
    }
    DockerEngine engine;
    Container own;
    try {
      engine = DockerEngine.connect(socket);
      own =
          new OwnContainer(engine, context.environment().variables())
              .find(root.resolve(MOUNT_INFO));
    } catch (IOException e) {
      throw NoContainers.refused(e);
    }
    Optional<Path> runnerTemp =
        context.arguments().stream().findFirst().filter(text -> !text.isBlank()).map(Path::of);
    ContainerSurroundings surroundings = ContainerSurroundings.of(engine, own, root, runnerTemp);
    return new ContainerHost(
        context, engine, surroundings, owner(surroundings.place().own()), random);
  }

  /** To whom the folder belongs that is shared with the steps, and so what the job has in it. */
  private static TarArchive.Owner owner(Path place) throws IOException {
    Path existing = place.toAbsolutePath();
    while (!Files.exists(existing)) {
      existing = existing.resolve("..").normalize();
    }
    return new TarArchive.Owner(
        (int) Files.getAttribute(existing, "unix:uid"),
        (int) Files.getAttribute(existing, "unix:gid"));
  }

  @Override
  public RunnerIdentity runner() {
    return runner;
  }

  @Override
  public JobPlace place() {
    return surroundings.place();
  }

  @Override
  public Optional<Path> ghOfUser() {
    surroundings.checkUser(owner);
    return surroundings.ghOfUser(context.environment());
  }

  @Override
  public JobNode lease(JobSettings settings) throws IOException, InterruptedException {
    CacheStore store = CacheStore.of(settings, surroundings, owner);
    NodePlan plan =
        NodePlanner.plan(
            String.join(
                "\n", surroundings.installation(), surroundings.own().image(), store.source()),
            settings,
            context.environment().kind(),
            context.environment().variables());
    for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      Optional<JobNode> node =
          switch (join(plan)) {
            case Joining.Joined(JobNode joined) -> Optional.of(joined);
            case Joining.Nobody _ -> start(plan, store, true);
            case Joining.InVain _ -> start(plan, store, false);
          };
      if (node.isPresent()) {
        return node.get();
      }
      Thread.sleep(BETWEEN_ATTEMPTS);
    }
    throw new ActionFailure(
        "Another job has made a cache node of plan " + plan.fingerprint() + " but not started it.",
        "Run the job again, or name another node in 'node-url'.");
  }

  /** What came of looking for a node to join. */
  private sealed interface Joining {
    record Joined(JobNode node) implements Joining {}

    record Nobody() implements Joining {}

    /** There is one, but it is ending, or does not answer. */
    record InVain() implements Joining {}
  }

  /** Takes a lease on a node that is as planned, and gives those on others back. */
  private Joining join(NodePlan plan) throws IOException {
    Joining result = new Joining.Nobody();
    for (Container.Summary node : nodes()) {
      if (!plan.fingerprint().equals(node.labels().get(NodeContainer.PLAN))) {
        giveBack(node);
      } else if (node.isRunning()) {
        if (!(result instanceof Joining.Joined)) {
          result = join(node);
        }
      } else if (node.created().plus(BEING_STARTED).isBefore(Instant.now())) {
        // Whoever made it was killed before it could start it.
        remove(node.id());
      }
    }
    return result;
  }

  private List<Container.Summary> nodes() throws IOException {
    return Container.Summary.list(
        engine,
        Map.of(
            "label",
            List.of(NodeContainer.INSTALLATION + "=" + NodeContainer.label(surroundings))));
  }

  private Joining join(Container.Summary node) throws IOException {
    // One that another job has just started may take its time, as long as it runs.
    Instant patience = node.created().plus(NodeStart.LIMIT);
    do {
      try {
        Lease lease = client(node.id()).acquireLease(request());
        return new Joining.Joined(leased(node.id(), lease, hostCacheDir(node.mounts()), false));
      } catch (NodeEndingException | EOFException e) {
        return new Joining.InVain();
      } catch (SocketTimeoutException e) {
        // Streams of a container that is ending may stay open without an answer.
      } catch (EngineFailure e) {
        if (e.isNotFound() || e.isConflict()) {
          return new Joining.InVain();
        }
        throw e;
      }
    } while (Instant.now().isBefore(patience) && isRunning(node.id()));
    return new Joining.InVain();
  }

  private boolean isRunning(String id) throws IOException {
    return Container.Summary.list(engine, Map.of("id", List.of(id))).stream()
        .anyMatch(Container.Summary::isRunning);
  }

  private void giveBack(Container.Summary other) {
    if (!other.isRunning()) {
      return;
    }
    try {
      var _ = client(other.id()).releaseLease(runner.value());
    } catch (IOException e) {
      // A node that does not answer holds nobody up.
    }
  }

  private NodeClient client(String container) {
    return NodeClient.over(new ControlLine(engine, container, NodeStart.ANSWER_LIMIT, random));
  }

  private LeaseRequest request() {
    LeaseRequest request = LeaseRequest.of(runner.value()).withGh(surroundings.place().ghOfNode());
    if (surroundings.place().canHoldSocket()) {
      request = request.withSocket(surroundings.place().socketOfNode());
    }
    return surroundings.gateway().map(request::withGateway).orElse(request);
  }

  private JobNode leased(String container, Lease lease, Path cacheDir, boolean started) {
    String local = String.valueOf(lease.url());
    String remote = lease.gatewayUrl() == null ? local : lease.gatewayUrl();
    Path statsFile = CacheStore.OF_NODE.relativize(Path.of(lease.statsFile()));
    return new JobNode(
        client(container),
        lease,
        surroundings.stepsSeeHost() ? local : remote,
        remote,
        cacheDir,
        cacheDir.resolve(statsFile),
        started);
  }

  private static Path hostCacheDir(List<Mount> mounts) {
    return mounts.stream()
        .flatMap(mount -> mount.onHost(CacheStore.OF_NODE).stream())
        .findFirst()
        .orElse(CacheStore.OF_NODE);
  }

  /**
   * Starts one; empty when another job is just starting it.
   *
   * @param alone whether there is none yet that could have the name
   */
  private Optional<JobNode> start(NodePlan plan, CacheStore store, boolean alone)
      throws IOException {
    NoContainers.check(engine.get("/info"));
    NodeHome home =
        new NodeHome(CacheStore.OF_NODE, plan.fingerprint() + "-" + CacheNode.randomId(random));
    NodeContainer node = new NodeContainer(surroundings, store, owner, runner, plan, home);
    String id;
    try {
      id =
          engine
              .post(
                  "/containers/create?name=" + (alone ? node.name() : node.otherName()),
                  node.request())
              .path("Id")
              .asString("");
    } catch (EngineFailure e) {
      if (e.isConflict()) {
        return Optional.empty();
      }
      throw NoContainers.refused(e);
    }
    try (Attachment streams = attachedAndStarted(id, node)) {
      return Optional.of(awaitLease(id, streams));
    } catch (IOException | RuntimeException e) {
      remove(id);
      throw e;
    }
  }

  private Attachment attachedAndStarted(String id, NodeContainer node) throws IOException {
    try {
      engine.unpack(id, CacheStore.MOUNTED.toString(), node.files(Instant.now()));
      // Before it starts, so that nothing that it says is missed.
      Attachment streams = engine.attach(id);
      try {
        engine.post("/containers/" + id + "/start");
        return streams;
      } catch (IOException e) {
        streams.close();
        throw e;
      }
    } catch (IOException e) {
      throw NoContainers.refused(e);
    }
  }

  private JobNode awaitLease(String id, Attachment streams) throws IOException {
    ControlLine line = new ControlLine(engine, id, NodeStart.LIMIT, random);
    try {
      Lease lease =
          NodeClient.over((method, page) -> line.exchange(streams, method, page))
              .acquireLease(request());
      return leased(id, lease, hostCacheDir(Container.inspect(engine, id).mounts()), true);
    } catch (IOException e) {
      List<String> said = new ArrayList<>(streams.lastErrors());
      said.addFirst("The cache node did not come up (" + FailureReason.of(e) + ").");
      throw new ActionFailure(
          String.join("\n", said),
          "What it says there is what to mend; or name another node in 'node-url'.",
          e);
    }
  }

  private void remove(String id) {
    try {
      engine.delete("/containers/" + id + "?force=1&v=1");
    } catch (IOException e) {
      // It has gone by itself, or the next job tries again.
    }
  }

  @Override
  public Optional<NodeClient> find(String id) throws IOException {
    return nodes().stream()
        .filter(node -> node.isRunning() && id.equals(node.labels().get(NodeContainer.NODE)))
        .findFirst()
        .map(node -> client(node.id()));
  }

  @Override
  public void leave() throws IOException {
    if (surroundings.placeIsKept()) {
      surroundings.place().delete();
    }
  }
}
