package io.github.cachemesh.setup;

import io.github.cachemesh.actions.RunnerKind;
import io.github.cachemesh.core.config.CacheSettings;
import io.github.cachemesh.core.config.ConfigText;
import io.github.cachemesh.core.node.CacheNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a node for this job is to be like, and so which running nodes are. Its fingerprint
 * is over the runner installation, the version and all that the node is told, so that a job never
 * uses a node with other settings than it asked for.
 */
final class NodePlanner {
  private static final int FINGERPRINT_DIGITS = 8;
  private static final Set<String> PROXY_VARIABLES =
      Set.of("http_proxy", "https_proxy", "no_proxy");
  // These reach the node as options.
  private static final Set<String> OPTION_VARIABLES =
      Set.of("CACHE_DIR", "CACHEMESH_UPSTREAM", "CACHEMESH_CA_FILE");

  private NodePlanner() {}

  /**
   * Plans a node.
   *
   * @param installation whose nodes may be joined
   * @param environment of the job; only settings and ways out of it are taken, since it holds
   *     tokens
   */
  static NodePlan plan(
      String installation, JobSettings settings, RunnerKind kind, Map<String, String> environment) {
    List<String> arguments = arguments(settings, kind);
    Map<String, String> env = variables(settings, environment);
    Map<String, String> files = files(settings);
    Fingerprint fingerprint = new Fingerprint().add(installation).add(version());
    arguments.forEach(fingerprint::add);
    env.forEach((name, value) -> fingerprint.add(name).add(value));
    files.forEach((name, text) -> fingerprint.add(name).add(text));
    return new NodePlan(fingerprint.hex(FINGERPRINT_DIGITS), arguments, env, files);
  }

  private static List<String> arguments(JobSettings settings, RunnerKind kind) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--upstream", settings.upstream().toString()));
    // In effect, so that who writes the defaults down joins the node of who does not.
    CacheSettings cache = settings.settings().cache();
    arguments.addAll(List.of("--cache-size", String.valueOf(cache.maxSize())));
    arguments.addAll(List.of("--cache-ttl", String.valueOf(cache.defaultTtl().toSeconds())));
    arguments.addAll(
        List.of(
            "--freshness",
            settings.settings().proxy().freshness().name().toLowerCase(Locale.ROOT)));
    if (kind instanceof RunnerKind.GitHub(RunnerKind.Hosting hosting)
        && hosting == RunnerKind.Hosting.GITHUB_HOSTED) {
      // The machine goes with the job, so there is nobody to linger for.
      arguments.addAll(List.of("--linger", "0"));
    }
    return arguments;
  }

  private static Map<String, String> variables(
      JobSettings settings, Map<String, String> environment) {
    Map<String, String> variables = new TreeMap<>();
    environment.forEach(
        (name, value) -> {
          boolean setting = name.startsWith("CACHE_") || name.startsWith("CACHEMESH_");
          if ((setting && !OPTION_VARIABLES.contains(name))
              || PROXY_VARIABLES.contains(name.toLowerCase(Locale.ROOT))) {
            variables.put(name, value);
          }
        });
    variables.put("CACHE_ENABLE_P2P", String.valueOf(settings.settings().p2p().enabled()));
    variables.put("CACHE_LISTEN_PORT", String.valueOf(settings.settings().p2p().listenPort()));
    return variables;
  }

  /** Copies: a checkout may change the files while the node runs, which may have to start anew. */
  private static Map<String, String> files(JobSettings settings) {
    Map<String, String> files = new TreeMap<>();
    if (settings.cacheConfig() != null || settings.p2pConfig() != null) {
      files.put(NodePlan.CACHE_CONFIG, text(settings.cacheConfig()));
      files.put(NodePlan.P2P_CONFIG, text(settings.p2pConfig()));
    }
    if (settings.certificates() != null) {
      files.put(NodePlan.CERTIFICATES, settings.certificates());
    }
    return files;
  }

  private static String text(@Nullable ConfigText config) {
    return config == null ? "" : config.text();
  }

  private static String version() {
    return Optional.ofNullable(CacheNode.class.getPackage().getImplementationVersion()).orElse("");
  }
}
