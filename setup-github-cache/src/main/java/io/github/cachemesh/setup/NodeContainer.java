package io.github.cachemesh.setup;

import io.github.cachemesh.setup.docker.Mount;
import io.github.cachemesh.setup.docker.TarArchive;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A container for a node, as the engine is asked for it: on the host's network, with the rights of
 * the runner's user and of nobody else. It has no Docker socket, no writable file system of its
 * own, and goes when the node ends; that restarts a crashed node is its supervisor's affair, since
 * an engine either restarts a container or removes it.
 */
record NodeContainer(
    ContainerSurroundings surroundings,
    CacheStore store,
    TarArchive.Owner owner,
    RunnerIdentity runner,
    NodePlan plan,
    NodeHome home) {

  static final String INSTALLATION = "io.github.cachemesh.installation";
  static final String PLAN = "io.github.cachemesh.plan";
  static final String NODE = "io.github.cachemesh.node";

  private static final String PREFIX = "cachemesh-node-";
  private static final String ENTRY_POINT = "/cachemesh/node";
  private static final long MEMORY_BYTES = 1L << 30;
  private static final int MAX_PROCESSES = 512;
  private static final int STOP_SECONDS = 30;
  private static final int INSTALLATION_DIGITS = 16;

  /** The value of {@link #INSTALLATION}. */
  static String label(ContainerSurroundings surroundings) {
    return new Fingerprint().add(surroundings.installation()).hex(INSTALLATION_DIGITS);
  }

  /** The engine refuses a second container of that name: of two jobs at a time, one starts it. */
  String name() {
    return PREFIX + plan.fingerprint();
  }

  /** For when there is one of that name that is of no use any more. */
  String otherName() {
    return PREFIX + home.id();
  }

  /** What {@code POST /containers/create} takes. */
  Map<String, Object> request() {
    List<String> command = new ArrayList<>(List.of(CacheStore.OF_NODE.toString(), home.id()));
    command.addAll(plan.serveArguments(home, runner));
    command.add("--control");
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("Image", surroundings.own().image());
    request.put("Entrypoint", List.of(ENTRY_POINT));
    request.put("Cmd", command);
    request.put("User", owner.toString());
    request.put("Env", env());
    request.put("WorkingDir", "/");
    request.put("OpenStdin", true);
    request.put("StopTimeout", STOP_SECONDS);
    request.put(
        "Labels",
        Map.of(INSTALLATION, label(surroundings), PLAN, plan.fingerprint(), NODE, home.id()));
    request.put("HostConfig", hostConfig());
    return request;
  }

  private List<String> env() {
    List<String> env = new ArrayList<>();
    new TreeMap<>(plan.env()).forEach((name, value) -> env.add(name + "=" + value));
    return env;
  }

  private Map<String, Object> hostConfig() {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("NetworkMode", "host");
    config.put("AutoRemove", true);
    config.put("Init", true);
    config.put("ReadonlyRootfs", true);
    config.put("CapDrop", List.of("ALL"));
    config.put("SecurityOpt", List.of("no-new-privileges"));
    config.put("Memory", MEMORY_BYTES);
    config.put("PidsLimit", MAX_PROCESSES);
    config.put("Tmpfs", Map.of("/tmp", "rw,noexec,nosuid,nodev,size=16m,mode=1777"));
    config.put("Mounts", List.of(sharedMount(), store.mount()));
    config.put(
        "LogConfig",
        Map.of("Type", "json-file", "Config", Map.of("max-size", "5m", "max-file", "2")));
    return config;
  }

  private Map<String, Object> sharedMount() {
    Mount shared = surroundings.shared();
    return Map.of(
        "Type",
        shared.type(),
        "Source",
        shared.isVolume() ? shared.name() : shared.source(),
        "Target",
        ContainerSurroundings.SHARED_OF_NODE.toString());
  }

  /**
   * The node's files, for {@link CacheStore#MOUNTED}: folders in a fresh volume are root's.
   *
   * @param now so that no supervisor takes them for left over
   */
  byte[] files(Instant now) {
    TarArchive archive = new TarArchive(owner, now);
    Path folder = CacheStore.MOUNTED.relativize(home.folder());
    for (int names = 1; names <= folder.getNameCount(); names++) {
      archive.folder(folder.subpath(0, names).toString());
    }
    new TreeMap<>(plan.files())
        .forEach(
            (name, text) ->
                archive.file(
                    folder.resolve(name).toString(), text.getBytes(StandardCharsets.UTF_8)));
    return archive.toByteArray();
  }
}
