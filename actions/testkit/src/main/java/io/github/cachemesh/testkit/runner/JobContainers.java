package io.github.cachemesh.testkit.runner;

import io.github.cachemesh.testkit.clients.ClientRun;
import io.github.cachemesh.testkit.docker.Docker;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The container and services of one job on a network of their own. All of them are gone after
 * {@link #close}: the containers first, then the network.
 */
final class JobContainers implements AutoCloseable {
  private static final int HEALTH_CHECKS = 300;
  private static final long HEALTH_INTERVAL_MILLIS = 200;

  private final Docker docker;
  private final RunnerFolders folders;
  private final String network = ContainerName.ofNetwork();
  private final List<String> started = new ArrayList<>();
  private final Map<String, String> context = new LinkedHashMap<>();
  private @Nullable RunningJobContainer jobContainer;

  private JobContainers(Docker docker, RunnerFolders folders) {
    this.docker = docker;
    this.folders = folders;
  }

  /**
   * Starts what the job asks for and waits until its services are healthy, at most a minute each.
   *
   * @throws IllegalStateException with Docker's words when one of them does not start
   */
  static JobContainers start(Docker docker, RunnerFolders folders, Job job)
      throws IOException, InterruptedException {
    JobContainers containers = new JobContainers(docker, folders);
    containers.removeStale();
    docker.text("network", "create", "--label", folders.label(), containers.network);
    try {
      JobContainer container = job.container();
      if (container != null) {
        containers.startJobContainer(container);
      }
      Map<String, String> services = new LinkedHashMap<>();
      for (Map.Entry<String, JobContainer> service : job.services().entrySet()) {
        services.put(
            service.getKey(), containers.startService(service.getKey(), service.getValue()));
      }
      for (Map.Entry<String, String> service : services.entrySet()) {
        containers.awaitHealth(service.getKey(), service.getValue());
      }
      return containers;
    } catch (IOException | InterruptedException | RuntimeException e) {
      try (containers) {
        throw e;
      }
    }
  }

  String network() {
    return network;
  }

  /** The job's container, if it has one; else its steps run on the host. */
  @Nullable RunningJobContainer jobContainer() {
    return jobContainer;
  }

  /** What expressions may look up, by dotted path in lower case. */
  Map<String, String> context() {
    return context;
  }

  /**
   * Removes the containers, then the network.
   *
   * @throws IllegalStateException when one of them cannot be removed, such as a network that
   *     another container joined; the runner only warns of that
   */
  @Override
  public void close() throws IOException {
    List<String> failures = new ArrayList<>();
    for (String container : started) {
      remove(failures, "rm", "--force", container);
    }
    remove(failures, "network", "rm", network);
    if (!failures.isEmpty()) {
      throw new IllegalStateException("The job left containers behind: " + failures);
    }
  }

  private void remove(List<String> failures, String... arguments) throws IOException {
    ClientRun removal = docker.call(arguments);
    if (!removal.succeeded()) {
      failures.add(removal.stderr().strip());
    }
  }

  /** What an aborted job of this runner left: everything that has its label. */
  private void removeStale() throws IOException {
    String filter = "label=" + folders.label();
    for (String container : docker.lines("ps", "--all", "--quiet", "--filter", filter)) {
      docker.text("rm", "--force", container);
    }
    docker.text("network", "prune", "--force", "--filter", filter);
  }

  private void startJobContainer(JobContainer container) throws IOException {
    List<Mount> mapped = mappedFolders();
    PathTranslation translation = new PathTranslation(mapped);
    List<String> options = new ArrayList<>();
    options.addAll(List.of("--workdir", translation.translate(folders.workspace().toString())));
    options.addAll(List.of("-v", "/var/run/docker.sock:/var/run/docker.sock"));
    mapped.reversed().forEach(mount -> options.addAll(List.of("-v", mount.option())));
    options.addAll(List.of("-v", Mount.of(folders.temp(), "/__w/_temp").option()));
    options.addAll(List.of("-v", Mount.of(folders.actions(), "/__w/_actions").option()));
    options.addAll(List.of("--entrypoint", "tail"));
    String id =
        start(container.withEnv("HOME", "/github/home"), options, List.of("-f", "/dev/null"));
    context.put("job.container.id", id);
    context.put("job.container.network", network);
    jobContainer = new RunningJobContainer(docker, id, searchPath(id), translation, folders);
  }

  /** Those whose paths are translated, in the order in which the runner tries them. */
  private List<Mount> mappedFolders() {
    return List.of(
        Mount.of(folders.workflow(), "/github/workflow"),
        Mount.of(folders.actionHome(), "/github/home"),
        new Mount(folders.externals().toString(), "/__e", true),
        Mount.of(folders.toolCache(), "/__t"),
        Mount.of(folders.work(), "/__w"));
  }

  private String startService(String name, JobContainer service) throws IOException {
    String id = start(service, List.of("--network-alias", name), service.command());
    context.put("job.services." + name + ".id", id);
    context.put("job.services." + name + ".network", network);
    return id;
  }

  private String start(JobContainer container, List<String> options, List<String> command)
      throws IOException {
    List<String> create = new ArrayList<>(List.of("create"));
    create.addAll(List.of("--name", ContainerName.ofJob(container.image())));
    create.addAll(List.of("--label", folders.label(), "--network", network));
    create.addAll(container.options());
    container.env().keySet().stream().sorted().forEach(key -> create.addAll(List.of("-e", key)));
    create.addAll(List.of("-e", "GITHUB_ACTIONS=true"));
    if (!container.env().containsKey("CI")) {
      create.addAll(List.of("-e", "CI=true"));
    }
    create.addAll(options);
    create.add(container.image());
    create.addAll(command);
    String id = docker.call(create, container.env()).output().strip();
    started.add(id);
    docker.text("start", id);
    if (!docker.inspect(id).at("/State/Running").asBoolean()) {
      throw new IllegalStateException(
          "A container of " + container.image() + " ended at once: " + logs(id));
    }
    return id;
  }

  private void awaitHealth(String name, String id) throws IOException, InterruptedException {
    for (int check = 0; check < HEALTH_CHECKS; check++) {
      JsonNode health = docker.inspect(id).at("/State/Health/Status");
      switch (health.asString("healthy")) {
        case "starting" -> Thread.sleep(HEALTH_INTERVAL_MILLIS);
        case "healthy" -> {
          return;
        }
        default ->
            throw new IllegalStateException("Service '" + name + "' is unhealthy: " + logs(id));
      }
    }
    throw new IllegalStateException("Service '" + name + "' is not healthy in time: " + logs(id));
  }

  private String logs(String id) throws IOException {
    ClientRun logs = docker.call("logs", id);
    return (logs.stdout() + logs.stderr()).strip();
  }

  private String searchPath(String id) throws IOException {
    for (JsonNode variable : docker.inspect(id).at("/Config/Env")) {
      if (variable.asString().startsWith("PATH=")) {
        return variable.asString().substring("PATH=".length());
      }
    }
    return "";
  }
}
