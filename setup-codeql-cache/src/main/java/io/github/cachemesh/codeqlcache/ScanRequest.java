package io.github.cachemesh.codeqlcache;

import io.github.cachemesh.actions.ActionFailure;
import io.github.cachemesh.actions.Inputs;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What the inputs ask for, checked; secrets are elsewhere ({@link Secrets}).
 *
 * @param ttl 1 second to 30 days
 * @param commitSha 40 hexadecimal digits
 * @param scan the inputs that say what init and analyze are told, by name, trimmed; what is not
 *     given is the empty text
 * @param ignoreChanges patterns of documents and images
 * @param declaredFolders relative to the workspace
 * @param matrix the job's matrix as JSON, {@code null} for none
 */
record ScanRequest(
    boolean enabled,
    Mode mode,
    Duration ttl,
    String storeFolder,
    String commitSha,
    Map<String, String> scan,
    boolean tracedBuilds,
    List<String> ignoreChanges,
    List<String> declaredFolders,
    boolean reuseMergedPr,
    boolean requireUpload,
    boolean force,
    boolean summaryCounts,
    String matrix) {

  private static final List<String> SCAN_INPUTS =
      List.of(
          "languages",
          "build-mode",
          "queries",
          "packs",
          "config-file",
          "config",
          "source-root",
          "category",
          "codeql-version");
  private static final Pattern SHA = Pattern.compile("[0-9a-fA-F]{40}");
  private static final long MAX_TTL_SECONDS = Duration.ofDays(30).toSeconds();

  ScanRequest {
    scan = Map.copyOf(scan);
    ignoreChanges = List.copyOf(ignoreChanges);
    declaredFolders = List.copyOf(declaredFolders);
  }

  /**
   * Reads them all.
   *
   * @param found what main found where the runner gives post no default, as act does not
   * @throws ActionFailure which names the first input that is wrong
   */
  static ScanRequest of(Inputs inputs, Function<String, Optional<String>> found) {
    boolean enabled = inputs.bool("enable-caching");
    Mode mode = inputs.choice("mode", Mode.class);
    Duration ttl = Duration.ofSeconds(inputs.integer("cache-ttl", 1, MAX_TTL_SECONDS));
    String commitSha = found.apply("commit-sha").orElseGet(() -> inputs.required("commit-sha"));
    if (!SHA.matcher(commitSha).matches()) {
      throw inputs.failure("commit-sha", "must be 40 hexadecimal digits: no branch, no short SHA");
    }
    Map<String, String> scan = new TreeMap<>();
    SCAN_INPUTS.forEach(name -> scan.put(name, inputs.optional(name).orElse("")));
    List<String> declaredFolders = inputs.list("declared-folders");
    if (!declaredFolders.stream().allMatch(ScanRequest::isInner)) {
      throw inputs.failure("declared-folders", "must be relative, below the workspace, without ..");
    }
    if (!scan.getOrDefault("source-root", "").isEmpty()
        && !isRelative(scan.getOrDefault("source-root", ""))) {
      throw inputs.failure("source-root", "must be relative to the workspace, without ..");
    }
    return new ScanRequest(
        enabled,
        mode,
        ttl,
        inputs.required("store-folder"),
        commitSha,
        scan,
        inputs.bool("traced-builds"),
        inputs.list("ignore-changes"),
        declaredFolders,
        inputs.bool("reuse-merged-pr"),
        inputs.bool("require-upload"),
        inputs.bool("force"),
        inputs.bool("summary-counts"),
        found.apply("matrix").or(() -> inputs.optional("matrix")).orElse("null"));
  }

  private static boolean isInner(String folder) {
    return isRelative(folder) && !List.of(folder.split("/")).stream().allMatch("."::equals);
  }

  private static boolean isRelative(String folder) {
    return !folder.startsWith("/") && !List.of(folder.split("/")).contains("..");
  }

  /** One of the inputs that say what init and analyze are told. */
  String scan(String input) {
    return scan.getOrDefault(input, "");
  }
}
