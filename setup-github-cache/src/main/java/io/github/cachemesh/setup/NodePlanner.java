package io.github.cachemesh.setup;

import io.github.cachemesh.actions.RunnerKind;
import io.github.cachemesh.core.config.ConfigText;
import io.github.cachemesh.core.node.CacheNode;
import io.github.cachemesh.core.store.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a node for this job is to be like, and so which running nodes are: those whose id
 * begins with {@link #idPrefix}, a hash of the runner, the version and all that the node is told.
 * So a job never uses a node with other settings than it asked for. Immutable.
 */
final class NodePlanner {
  private static final int PREFIX_DIGITS = 8;
  private static final Set<String> PROXY_VARIABLES =
      Set.of("http_proxy", "https_proxy", "no_proxy");
  // These reach the node as options, with relative paths resolved.
  private static final Set<String> RESOLVED_VARIABLES =
      Set.of("CACHE_DIR", "CACHEMESH_UPSTREAM", "CACHEMESH_CA_FILE");

  private final RunnerIdentity runner;
  private final JobSettings settings;
  private final List<String> arguments;
  private final Map<String, String> settingVariables;

  NodePlanner(
      RunnerIdentity runner,
      JobSettings settings,
      RunnerKind kind,
      Path workspace,
      Map<String, String> environment) {
    this.runner = runner;
    this.settings = settings;
    this.arguments = arguments(runner, settings, kind);
    this.settingVariables = variables(settings, workspace, environment);
  }

  private static List<String> arguments(
      RunnerIdentity runner, JobSettings settings, RunnerKind kind) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--upstream", settings.upstream().toString()));
    for (String name : List.of("cache-size", "cache-ttl", "freshness")) {
      String value = settings.inputs().get(name);
      if (value != null) {
        arguments.addAll(List.of("--" + name, value));
      }
    }
    arguments.addAll(List.of("--lease", runner.value()));
    if (kind instanceof RunnerKind.GitHub(RunnerKind.Hosting hosting)
        && hosting == RunnerKind.Hosting.GITHUB_HOSTED) {
      // The machine goes with the job, so there is nobody to linger for.
      arguments.addAll(List.of("--linger", "0"));
    }
    return arguments;
  }

  /** Settings and ways out: nothing else of the job's environment, which holds tokens. */
  private static Map<String, String> variables(
      JobSettings settings, Path workspace, Map<String, String> environment) {
    Map<String, String> variables = new TreeMap<>();
    environment.forEach(
        (name, value) -> {
          boolean setting = name.startsWith("CACHE_") || name.startsWith("CACHEMESH_");
          if ((setting && !RESOLVED_VARIABLES.contains(name))
              || PROXY_VARIABLES.contains(name.toLowerCase(Locale.ROOT))) {
            variables.put(name, value);
          }
        });
    variables.put("CACHE_ENABLE_P2P", String.valueOf(settings.settings().p2p().enabled()));
    variables.put("CACHE_LISTEN_PORT", String.valueOf(settings.settings().p2p().listenPort()));
    Path caFile = settings.settings().proxy().caFile();
    if (caFile != null) {
      variables.put("CACHEMESH_CA_FILE", workspace.resolve(caFile).toString());
    }
    return variables;
  }

  /** With what the id of a node begins that is as this job wants it. */
  String idPrefix() {
    Fingerprint fingerprint = new Fingerprint().add(runner.value()).add(version());
    arguments.forEach(fingerprint::add);
    settingVariables.forEach((name, value) -> fingerprint.add(name).add(value));
    return fingerprint
            .add(text(settings.cacheConfig()))
            .add(text(settings.p2pConfig()))
            .hex(PREFIX_DIGITS)
        + "-";
  }

  private static String version() {
    return Optional.ofNullable(CacheNode.class.getPackage().getImplementationVersion()).orElse("");
  }

  private static String text(@Nullable ConfigText config) {
    return config == null ? "" : config.text();
  }

  /**
   * Makes the files of a new node and says how to start it.
   *
   * @throws IOException when the cache folder cannot be written to
   */
  NodePlan plan(SecureRandom random, Path systemTemp, JobLease lease, Instant now)
      throws IOException {
    NodeHome home = new NodeHome(settings.cacheDir(), idPrefix() + CacheNode.randomId(random));
    home.create();
    home.take(lease, now);
    List<String> all = new ArrayList<>(arguments);
    // Copies: a checkout may change the files while the node runs, which may have to start anew.
    if (settings.cacheConfig() != null || settings.p2pConfig() != null) {
      copy(settings.cacheConfig(), home.cacheConfig(), now);
      copy(settings.p2pConfig(), home.p2pConfig(), now);
      all.addAll(List.of("--config", home.cacheConfig().toString()));
    }
    Map<String, String> env = new TreeMap<>(settingVariables);
    env.put("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
    // Without it the JVM could not open files whose names are not ASCII.
    env.put("LC_ALL", "C.UTF-8");
    return new NodePlan(home, SocketPlace.of(home, systemTemp), all, env);
  }

  private static void copy(@Nullable ConfigText config, Path to, Instant now) throws IOException {
    PrivateFiles.replace(to, now, ByteBuffer.wrap(text(config).getBytes(StandardCharsets.UTF_8)));
  }
}
