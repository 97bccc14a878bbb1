package io.github.cachemesh.setup;

import io.github.cachemesh.actions.ActionFailure;
import io.github.cachemesh.actions.RunnerEnvironment;
import io.github.cachemesh.setup.docker.Container;
import io.github.cachemesh.setup.docker.DockerEngine;
import io.github.cachemesh.setup.docker.Mount;
import io.github.cachemesh.setup.docker.TarArchive;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What surrounds this action's container: the folder that it shares with the job's steps, and how
 * these and other containers of the job reach the host. All of it is found by asking the engine.
 *
 * @param installation tells one runner installation of this engine from all others
 * @param shared what the node gets mounted: a part of the host that outlives the job
 * @param place of the job, below {@code shared}
 * @param steps the container in which the job's steps run, empty where they run on the host
 * @param gateway the host's address as this job's containers see it; empty where they see the
 *     host's own network
 */
record ContainerSurroundings(
    Container own,
    String installation,
    Mount shared,
    JobPlace place,
    Optional<Container> steps,
    Optional<String> gateway) {

  /** Where the node finds {@link #shared}. */
  static final Path SHARED_OF_NODE = Path.of("/job");

  private static final Path RUNNER_TEMP = Path.of("/github/runner_temp");
  private static final Path ACT = Path.of("/var/run/act");
  private static final Path ACT_TOOL_CACHE = Path.of("/opt/hostedtoolcache");
  private static final Path ACTION_HOME = Path.of("/github/home");
  private static final String FOLDER = "cachemesh";
  private static final int JOB_DIGITS = 16;

  /**
   * Looks around.
   *
   * @param root of this container's file system
   * @param runnerTemp what {@code ${{ runner.temp }}} is, where known
   * @throws ActionFailure when nothing is shared with the job's steps
   */
  static ContainerSurroundings of(
      DockerEngine engine, Container own, Path root, Optional<Path> runnerTemp) throws IOException {
    Optional<Mount> temp = mountAt(own, RUNNER_TEMP);
    if (temp.isPresent()) {
      return ofRunner(engine, own, temp.get(), root, runnerTemp);
    }
    Optional<Mount> act = mountAt(own, ACT);
    if (act.isPresent() && !act.get().isVolume()) {
      return ofActOnHost(own, act.get(), root);
    }
    Optional<Mount> toolCache = mountAt(own, ACT_TOOL_CACHE);
    if (act.isPresent() && toolCache.isPresent()) {
      return ofActInContainer(engine, own, toolCache.get(), root);
    }
    throw new ActionFailure(
        "This action's container has no folder in common with the job's steps.",
        "Update the runner: since September 2025 it mounts its temporary folder. Or run a cache"
            + " node beside it and name it in 'node-url'.");
  }

  private static Optional<Mount> mountAt(Container container, Path destination) {
    return container.mounts().stream()
        .filter(mount -> mount.destination().equals(destination))
        .findFirst();
  }

  private static Path under(Path root, Path absolute) {
    return root.resolve(Path.of("/").relativize(absolute));
  }

  /** The temporary folder is emptied between jobs, but stays. */
  private static ContainerSurroundings ofRunner(
      DockerEngine engine, Container own, Mount temp, Path root, Optional<Path> runnerTemp)
      throws IOException {
    Optional<Container> job = jobContainer(engine, own, temp);
    Path seenBySteps =
        job.flatMap(container -> mountOf(container, temp.source()))
            .map(Mount::destination)
            .or(() -> runnerTemp.filter(Path::isAbsolute))
            .orElse(Path.of(temp.source()));
    return new ContainerSurroundings(
        own,
        temp.source(),
        temp,
        new JobPlace(
            under(root, RUNNER_TEMP).resolve(FOLDER),
            seenBySteps.resolve(FOLDER),
            SHARED_OF_NODE.resolve(FOLDER)),
        job,
        gateway(own));
  }

  /** The container of {@code container:}, if the job has one: both are on the job's network. */
  private static Optional<Container> jobContainer(DockerEngine engine, Container own, Mount temp)
      throws IOException {
    if (own.isOnDefaultNetwork()) {
      return Optional.empty();
    }
    for (Container.Summary other :
        Container.Summary.list(
            engine, Map.of("network", List.of(own.networkMode()), "status", List.of("running")))) {
      boolean sharesTemp =
          other.mounts().stream().anyMatch(mount -> mount.source().equals(temp.source()));
      if (sharesTemp && !other.id().equals(own.id())) {
        return Optional.of(Container.inspect(engine, other.id()));
      }
    }
    return Optional.empty();
  }

  private static Optional<Mount> mountOf(Container container, String source) {
    return container.mounts().stream().filter(mount -> mount.source().equals(source)).findFirst();
  }

  private static Optional<String> gateway(Container container) {
    return container.gateways().values().stream().findFirst();
  }

  /** Each job has a new folder in act's cache, which itself stays. */
  private static ContainerSurroundings ofActOnHost(Container own, Mount act, Path root) {
    Path ofJob = Path.of(act.source());
    Path cache = Path.of("/").resolve(ofJob.subpath(0, ofJob.getNameCount() - 2));
    return new ContainerSurroundings(
        own,
        cache.toString(),
        new Mount("bind", "", cache.toString(), act.destination()),
        new JobPlace(
            under(root, ACT).resolve(FOLDER),
            ofJob.resolve(FOLDER),
            SHARED_OF_NODE.resolve(cache.relativize(ofJob)).resolve(FOLDER)),
        Optional.empty(),
        gateway(own));
  }

  /**
   * The job's own volumes go with it, so only that of the tools can hold what a node listens on.
   */
  private static ContainerSurroundings ofActInContainer(
      DockerEngine engine, Container own, Mount toolCache, Path root) throws IOException {
    Optional<String> joined = own.joined();
    Container job = joined.isPresent() ? Container.inspect(engine, joined.get()) : own;
    String folder = new Fingerprint().add(own.name()).hex(JOB_DIGITS);
    Path ofJob = ACT_TOOL_CACHE.resolve(FOLDER).resolve(folder);
    return new ContainerSurroundings(
        own,
        toolCache.name(),
        toolCache,
        new JobPlace(under(root, ofJob), ofJob, SHARED_OF_NODE.resolve(FOLDER).resolve(folder)),
        Optional.of(job),
        job.isOnHostNetwork() ? Optional.empty() : gateway(job));
  }

  /** Whether nobody but this action deletes the place. */
  boolean placeIsKept() {
    return shared.isVolume();
  }

  /** Whether the job's steps reach the host's loopback address. */
  boolean stepsSeeHost() {
    return steps.isEmpty() || steps.get().isOnHostNetwork();
  }

  /**
   * Makes sure that the steps may use what is there for the runner's user alone.
   *
   * @throws ActionFailure when they run as somebody else; the base URLs are for anybody
   */
  void checkUser(TarArchive.Owner owner) {
    String user = steps.map(Container::user).orElse("").replaceFirst(":.*", "");
    if (!List.of("", "0", "root", String.valueOf(owner.user())).contains(user)) {
      throw new ActionFailure(
          "The job's container runs as user '%s', but the runner's folders are user %d's."
              .formatted(user, owner.user()),
          "Run the container as root or as user " + owner.user() + ", or use 'api-url'.");
    }
  }

  /**
   * The folder of gh's configuration that the steps would use, as this container sees it.
   *
   * @throws ActionFailure when one is named that it does not see
   */
  Optional<Path> ghOfUser(RunnerEnvironment environment) {
    Optional<String> named = environment.variable(GhFolder.VARIABLE);
    if (named.isEmpty()) {
      // Steps in a container have the home of actions; that of the host's user is not to be seen.
      return steps.isPresent()
          ? Optional.of(ACTION_HOME.resolve(".config").resolve("gh"))
          : Optional.empty();
    }
    return Optional.of(
        ownPath(Path.of(named.get()))
            .orElseThrow(
                () ->
                    new ActionFailure(
                        "GH_CONFIG_DIR names " + named.get() + ", which this action cannot see.",
                        "Point it into the workspace or into RUNNER_TEMP.")));
  }

  /** Where this container sees what the steps see at that path. */
  private Optional<Path> ownPath(Path ofSteps) {
    Optional<Path> onHost =
        steps.isEmpty()
            ? Optional.of(ofSteps)
            : steps.get().mounts().stream().flatMap(m -> m.onHost(ofSteps).stream()).findFirst();
    return onHost.flatMap(
        path ->
            own.mounts().stream()
                .filter(mount -> path.startsWith(mount.source()))
                .map(mount -> mount.destination().resolve(Path.of(mount.source()).relativize(path)))
                .findFirst());
  }

  /** The path on the host of what this container sees at that path. */
  Optional<Path> onHost(Path ofOwn) {
    return own.mounts().stream().flatMap(mount -> mount.onHost(ofOwn).stream()).findFirst();
  }
}
