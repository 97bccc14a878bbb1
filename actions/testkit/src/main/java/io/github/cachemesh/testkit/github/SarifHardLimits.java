package io.github.cachemesh.testkit.github;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** GitHub's documented limits of an upload, and the errors with which it refuses one. */
final class SarifHardLimits {
  /** Of the gzip file, before it is written in Base64. */
  static final int MAX_ZIPPED_BYTES = 10_000_000;

  private static final int MAX_RUNS = 20;
  private static final int MAX_RESULTS = 25_000;
  private static final int MAX_RULES = 25_000;
  private static final int MAX_EXTENSIONS = 100;
  private static final int MAX_FLOW_STEPS = 10_000;
  private static final int MAX_LOCATIONS = 1_000;
  private static final int MAX_TAGS = 20;

  private final List<String> errors = new ArrayList<>();

  private SarifHardLimits() {}

  /** Why GitHub would not process this; empty when it would. */
  static List<String> errors(JsonNode sarif) {
    SarifHardLimits limits = new SarifHardLimits();
    JsonNode runs = sarif.path("runs");
    if (!sarif.path("version").asString("").equals("2.1.0") || !runs.isArray()) {
      return List.of("rejecting SARIF, as it is not a valid SARIF 2.1.0 file");
    }
    limits.check("runs", runs.size(), MAX_RUNS);
    Set<String> categories = new HashSet<>();
    for (JsonNode run : runs) {
      limits.check(run);
      String id = run.path("automationDetails").path("id").asString("");
      if (!categories.add(run.path("tool").path("driver").path("name").asString("") + "\n" + id)) {
        limits.errors.add("A delivery cannot contain multiple runs with the same category");
      }
    }
    return limits.errors;
  }

  private void check(JsonNode run) {
    for (JsonNode invocation : run.path("invocations")) {
      if (!invocation.path("executionSuccessful").asBoolean(true)) {
        errors.add("unsuccessful execution");
      }
    }
    JsonNode tool = run.path("tool");
    check("results per run", run.path("results").size(), MAX_RESULTS);
    check("rules per run", SarifRules.count(run), MAX_RULES);
    check("tool extensions per run", tool.path("extensions").size(), MAX_EXTENSIONS);
    Stream.concat(Stream.of(tool.path("driver")), tool.path("extensions").valueStream())
        .flatMap(component -> component.path("rules").valueStream())
        .forEach(
            rule -> check("tags per rule", rule.path("properties").path("tags").size(), MAX_TAGS));
    for (JsonNode result : run.path("results")) {
      check("locations per result", result.path("locations").size(), MAX_LOCATIONS);
      check("threadflow steps per result", flowSteps(result), MAX_FLOW_STEPS);
    }
  }

  private static int flowSteps(JsonNode result) {
    return result
        .path("codeFlows")
        .valueStream()
        .flatMap(flow -> flow.path("threadFlows").valueStream())
        .mapToInt(flow -> flow.path("locations").size())
        .sum();
  }

  private void check(String what, int count, int allowed) {
    if (count > allowed) {
      errors.add(
          "rejecting SARIF, as there are more %s than allowed (%d > %d)"
              .formatted(what, count, allowed));
    }
  }
}
