package io.github.cachemesh.core.codeql;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The environment variables that decide what a scan finds, beside those that are CodeQL's own. */
final class Variables {
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

  /** What a build or a resolver of dependencies listens to. */
  static SortedMap<String, String> ofBuilds(Map<String, String> environment) {
    SortedMap<String, String> variables = new TreeMap<>(environment);
    variables.keySet().retainAll(OF_BUILDS);
    return variables;
  }

  /**
   * The first variable that a step after ours set or changed for the extractors.
   *
   * @param traced whether CodeQL itself adds what a traced build needs
   */
  static Optional<String> changed(
      Map<String, String> before, Map<String, String> after, boolean traced) {
    SortedMap<String, String> all = new TreeMap<>(before);
    all.putAll(after);
    return all.keySet().stream()
        .filter(Variables::isForExtractors)
        .filter(name -> !SET_BY_INIT.contains(name))
        .filter(name -> before.containsKey(name) || !traced)
        .filter(name -> !Objects.equals(before.get(name), after.get(name)))
        .findFirst();
  }

  private static boolean isForExtractors(String name) {
    return name.startsWith("CODEQL_EXTRACTOR_")
        || name.startsWith("LGTM_INDEX_")
        || name.equals("CODEQL_ACTION_EXTRA_OPTIONS")
        || name.equals("CODEQL_OVERLAY_DATABASE_MODE");
  }
}
