package io.github.cachemesh.core.workflow;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What each environment variable of CodeQL's means for a result, as github/codeql-action v4.36.3
 * and its extractors read them. A variable with one of CodeQL's prefixes that is not listed is not
 * understood, so nothing is reused while it is set.
 */
final class EnvironmentRules {
  private static final Set<String> PREFIXES =
      Set.of("CODEQL_", "LGTM_", "SEMMLE_", "ODASA_", "CODE_SCANNING_");

  /** They say what is extracted, with which options, or which queries run on how much. */
  private static final Set<String> DECIDING =
      Set.of(
          "CODEQL_ACTION_CSHARP_CACHE_BMN",
          "CODEQL_ACTION_CSHARP_NEW_CACHE_KEY",
          "CODEQL_ACTION_DEPENDENCY_CACHE_PREFIX",
          "CODEQL_ACTION_DEPENDENCY_CACHING",
          "CODEQL_ACTION_DIFF_INFORMED_QUERIES",
          "CODEQL_ACTION_DISABLE_CSHARP_BUILDLESS",
          "CODEQL_ACTION_DISABLE_JAVA_BUILDLESS",
          "CODEQL_ACTION_DISABLE_PYTHON_DEPENDENCY_INSTALLATION",
          "CODEQL_ACTION_EXTRA_OPTIONS",
          "CODEQL_ACTION_FILE_COVERAGE_ON_PRS",
          "CODEQL_ACTION_FORCE_JGIT",
          "CODEQL_ACTION_IGNORE_GENERATED_FILES",
          "CODEQL_ACTION_SKIP_FILE_COVERAGE_ON_PRS",
          "CODEQL_ACTION_VALIDATE_DB_CONFIG",
          "CODEQL_DISABLE_KOTLIN_ANALYSIS",
          "CODEQL_ENABLE_EXPERIMENTAL_FEATURES",
          "CODEQL_GIT_BACKEND",
          "CODEQL_OVERLAY_DATABASE_MODE",
          "CODEQL_PYTHON");

  private static final Set<String> DECIDING_PREFIXES =
      Set.of("CODEQL_EXTRACTOR_", "CODEQL_ACTION_OVERLAY_ANALYSIS", "LGTM_INDEX_");

  /** How fast, how loudly and where to, and what other CodeQL steps of the job leave behind. */
  private static final Set<String> HARMLESS =
      Set.of(
          "CODEQL_ACTION_ARTIFACT_SCAN_FINISHED",
          "CODEQL_ACTION_CLEANUP_TRAP_CACHES",
          "CODEQL_ACTION_DEBUG_COMBINED_SARIF",
          "CODEQL_ACTION_DID_LOG_FILE_COVERAGE_ON_PRS_DEPRECATION",
          "CODEQL_ACTION_DID_LOG_VERSION_DEPRECATION",
          "CODEQL_ACTION_EXPORT_DIAGNOSTICS",
          "CODEQL_ACTION_FEATURE_MULTI_LANGUAGE",
          "CODEQL_ACTION_FEATURE_SANDWICH",
          "CODEQL_ACTION_FEATURE_SARIF_COMBINE",
          "CODEQL_ACTION_FEATURE_WILL_UPLOAD",
          "CODEQL_ACTION_HAS_WARNED_ABOUT_DISK_SPACE",
          "CODEQL_ACTION_JAVA_NETWORK_DEBUGGING",
          "CODEQL_ACTION_JOB_STATUS",
          "CODEQL_ACTION_QA_TELEMETRY",
          "CODEQL_ACTION_SARIF_DUMP_DIR",
          "CODEQL_ACTION_SCALING_RESERVED_RAM_PERCENTAGE",
          "CODEQL_ACTION_SKIP_WORKFLOW_VALIDATION",
          "CODEQL_ACTION_SUPPRESS_DEPRECATED_SOON_WARNING",
          "CODEQL_ACTION_TEMP",
          "CODEQL_ACTION_UPLOAD_OVERLAY_DB_TO_API",
          "CODEQL_ACTION_VERSION",
          "CODEQL_ACTION_WARNED_ABOUT_VERSION",
          "CODEQL_MERGE_SARIF_DEPRECATION_WARNING",
          "CODEQL_RAM",
          "CODEQL_THREADS",
          "CODEQL_VERBOSITY",
          "CODEQL_WORKFLOW_STARTED_AT");

  private static final Set<String> HARMLESS_PREFIXES = Set.of("CODEQL_UPLOAD_SARIF_");

  /** Known, and a reason not to reuse anything. */
  private static final Map<String, String> FORBIDDEN =
      Map.ofEntries(
          Map.entry("CODEQL_ACTION_ANALYSIS_KEY", "gives the analysis another key"),
          Map.entry("CODEQL_ACTION_ANALYZE_DID_COMPLETE_SUCCESSFULLY", "a scan ran already"),
          Map.entry("CODEQL_ACTION_FORCE_NIGHTLY", "asks for a nightly CodeQL"),
          Map.entry("CODEQL_ACTION_INIT_HAS_RUN", "init ran already"),
          Map.entry("CODEQL_ACTION_RISK_ASSESSMENT_ID", "the scan is a risk assessment"),
          Map.entry("CODEQL_ACTION_SETUP_CODEQL_HAS_RUN", "setup-codeql ran already"),
          Map.entry("CODEQL_ACTION_SKIP_SARIF_UPLOAD", "nothing is uploaded"),
          Map.entry("CODEQL_ACTION_TESTING_ENVIRONMENT", "CodeQL's own tests set it"),
          Map.entry("CODEQL_ACTION_TEST_MODE", "nothing is uploaded"),
          Map.entry("CODEQL_REGISTRIES_AUTH", "packs come from private registries"),
          Map.entry("CODE_SCANNING_IS_ANALYZING_DEFAULT_BRANCH", "GitHub's default set-up runs"),
          Map.entry("CODE_SCANNING_IS_STEADY_STATE_DEFAULT_SETUP", "GitHub's default set-up runs"),
          Map.entry("CODE_SCANNING_REF", "results are for another ref"),
          Map.entry("CODE_SCANNING_WORKFLOW_FILE", "GitHub's default set-up runs"));

  enum Meaning {
    UNRELATED,
    HARMLESS,
    DECIDING,
    FORBIDDEN
  }

  private EnvironmentRules() {}

  static CodeqlEnvironment judge(Map<String, String> environment) {
    SortedMap<String, String> deciding = new TreeMap<>();
    Optional<String> unfit = Optional.empty();
    for (Map.Entry<String, String> variable : new TreeMap<>(environment).entrySet()) {
      switch (meaning(variable.getKey())) {
        case UNRELATED, HARMLESS -> {}
        case DECIDING -> deciding.put(variable.getKey(), variable.getValue());
        case FORBIDDEN -> unfit = unfit.or(() -> Optional.of(variable.getKey()));
      }
    }
    return unfit
        .<CodeqlEnvironment>map(name -> new CodeqlEnvironment.Unfit(Doubt.name(name), why(name)))
        .orElseGet(() -> new CodeqlEnvironment.Known(deciding));
  }

  static Meaning meaning(String variable) {
    // Windows knows no case in these names, so a variable in lower case may mean the same there.
    String name = variable.toUpperCase(Locale.ROOT);
    if (!startsWithAny(name, PREFIXES)) {
      return Meaning.UNRELATED;
    }
    if (HARMLESS.contains(name) || startsWithAny(name, HARMLESS_PREFIXES)) {
      return Meaning.HARMLESS;
    }
    return DECIDING.contains(name) || startsWithAny(name, DECIDING_PREFIXES)
        ? Meaning.DECIDING
        : Meaning.FORBIDDEN;
  }

  private static String why(String variable) {
    return FORBIDDEN.getOrDefault(
        variable.toUpperCase(Locale.ROOT), "what it does to a scan is not known");
  }

  private static boolean startsWithAny(String name, Set<String> prefixes) {
    return prefixes.stream().anyMatch(name::startsWith);
  }
}
