package io.github.cachemesh.core.codeql;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The environment variables that decide what a scan finds: all that are CodeQL's but those known
 * not to, so that a new one changes the key.
 */
final class Variables {
  /** Private registries, whose packs are not under their names' control. */
  static final String REGISTRIES = "CODEQL_REGISTRIES_AUTH";

  private static final Set<String> HARMLESS =
      Set.of(
          "CODEQL_THREADS",
          "CODEQL_RAM",
          "CODEQL_VERBOSITY",
          "CODEQL_WORKFLOW_STARTED_AT",
          "CODEQL_ACTION_SARIF_DUMP_DIR",
          "CODEQL_ACTION_SARIF_RESULTS_OUTPUT_DIR",
          "CODEQL_ACTION_SUPPRESS_DEPRECATED_SOON_WARNING",
          "CODEQL_ACTION_QA_TELEMETRY",
          "CODEQL_CACHE_DIR",
          "CODEQL_CACHE_TTL");

  private static final Set<String> OF_BUILDS =
      Set.of(
          "CC",
          "CXX",
          "CFLAGS",
          "CXXFLAGS",
          "LDFLAGS",
          "GOFLAGS",
          "GOTOOLCHAIN",
          "GOPROXY",
          "JAVA_HOME",
          "JAVA_TOOL_OPTIONS",
          "JDK_JAVA_OPTIONS",
          "_JAVA_OPTIONS",
          "MAVEN_OPTS",
          "MAVEN_ARGS",
          "GRADLE_OPTS",
          "DOTNET_ROOT",
          "RUSTFLAGS",
          "RUSTUP_TOOLCHAIN");

  /** What init and autobuild export for the steps after them. */
  private static final Set<String> SET_BY_INIT =
      Set.of(
          "CODEQL_EXTRACTOR_CPP_TRAP_CACHING",
          "CODEQL_EXTRACTOR_CPP_AUTOINSTALL_DEPENDENCIES",
          "CODEQL_EXTRACTOR_JAVA_AGENT_DISABLE_KOTLIN",
          "CODEQL_EXTRACTOR_JAVA_OPTION_MINIMIZE_DEPENDENCY_JARS",
          "CODEQL_EXTRACTOR_KOTLIN_OVERRIDE_MAXIMUM_VERSION_LIMIT");

  private Variables() {}

  /**
   * @param builds whether a build or the network takes part
   */
  static SortedMap<String, String> deciding(Map<String, String> environment, boolean builds) {
    SortedMap<String, String> deciding = new TreeMap<>(environment);
    deciding.keySet().removeIf(name -> !isDeciding(name) && !(builds && OF_BUILDS.contains(name)));
    return deciding;
  }

  private static boolean isDeciding(String name) {
    return (name.startsWith("CODEQL_") || name.startsWith("LGTM_")) && !HARMLESS.contains(name);
  }

  /**
   * The first variable that a step after ours set or changed for the scan.
   *
   * @param traced whether CodeQL itself sets what a traced build needs
   */
  static Optional<String> changed(
      Map<String, String> before, Map<String, String> after, boolean traced) {
    SortedMap<String, String> then = deciding(before, false);
    for (Map.Entry<String, String> variable : deciding(after, false).entrySet()) {
      String name = variable.getKey();
      String old = then.remove(name);
      boolean ours = SET_BY_INIT.contains(name) || (old == null && !isForExtractors(name, traced));
      if (!variable.getValue().equals(old) && !ours) {
        return Optional.of(name);
      }
    }
    return then.keySet().stream().findFirst();
  }

  /** Whether nobody but a workflow sets it. */
  private static boolean isForExtractors(String name, boolean traced) {
    return (name.startsWith("CODEQL_EXTRACTOR_") && !traced)
        || name.startsWith("LGTM_")
        || name.equals("CODEQL_ACTION_EXTRA_OPTIONS")
        || name.equals("CODEQL_OVERLAY_DATABASE_MODE")
        || name.equals(REGISTRIES);
  }
}
