package io.github.cachemesh.testkit.github;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One run of an upload as GitHub gives it back: rules, and of each result the level, message,
 * locations, primary fingerprint and alert. Flows, related locations, invocations, notifications
 * and properties are gone, and so is what passes the documented soft limits.
 */
final class SarifSubset {
  static final int KEPT_RESULTS = 5_000;

  private static final int KEPT_LOCATIONS = 100;
  private static final int KEPT_TAGS = 10;
  private static final List<String> SEVERITY = List.of("error", "warning", "note", "none");

  private final Repository repository;
  private final JsonNode run;
  private final Map<String, Integer> artifacts = new LinkedHashMap<>();

  private SarifSubset(Repository repository, JsonNode run) {
    this.repository = repository;
    this.run = run;
  }

  static ObjectNode of(
      Repository repository, JsonNode run, String category, String ref, String commit) {
    ObjectNode sarif = Json.object();
    sarif.putArray("runs").add(new SarifSubset(repository, run).run(category, ref, commit));
    sarif.put(
        "$schema",
        "https://raw.githubusercontent.com/oasis-tcs/sarif-spec/master/Schemata/sarif-schema-2.1.0.json");
    return sarif.put("version", "2.1.0");
  }

  private ObjectNode run(String category, String ref, String commit) {
    ArrayNode results = Json.array();
    run.path("results")
        .valueStream()
        .sorted(bySeverity())
        .limit(KEPT_RESULTS)
        .map(this::result)
        .forEach(results::add);
    ObjectNode kept = Json.object();
    ArrayNode locations = kept.putArray("artifacts");
    artifacts.forEach(
        (uri, index) ->
            locations.addObject().putObject("location").put("index", index).put("uri", uri));
    kept.putObject("automationDetails").put("id", category + "/");
    kept.putObject("conversion")
        .putObject("tool")
        .putObject("driver")
        .put("name", "GitHub Code Scanning");
    kept.set("results", results);
    kept.set("tool", tool());
    kept.putArray("versionControlProvenance")
        .addObject()
        .put("branch", ref)
        .put("repositoryUri", "https://github.com/" + repository.fullName())
        .put("revisionId", commit);
    return kept;
  }

  private Comparator<JsonNode> bySeverity() {
    return Comparator.comparingInt(
        result -> SEVERITY.indexOf(SarifRules.level(run, result)) & Integer.MAX_VALUE);
  }

  private ObjectNode result(JsonNode result) {
    String rule = SarifRules.id(result);
    String uri = "";
    ArrayNode locations = Json.array();
    for (JsonNode location : result.path("locations")) {
      if (locations.size() == KEPT_LOCATIONS) {
        break;
      }
      JsonNode physical = location.path("physicalLocation");
      String path = physical.path("artifactLocation").path("uri").asString("");
      uri = locations.isEmpty() ? path : uri;
      int index = artifacts.computeIfAbsent(path, _ -> artifacts.size());
      ObjectNode copy = locations.addObject().putObject("physicalLocation");
      copy.putObject("artifactLocation").put("index", index).put("uri", path);
      copy.set("region", region(physical.path("region")));
    }
    String hash = result.path("partialFingerprints").path("primaryLocationLineHash").asString("");
    String identity = String.join("\n", rule, uri, hash);
    int alert = repository.scans.alertNumber(identity);
    ObjectNode kept = Json.object();
    kept.put("correlationGuid", guid(identity));
    kept.put("level", SarifRules.level(run, result));
    kept.set("locations", locations);
    kept.putObject("message").put("text", result.path("message").path("text").asString(""));
    kept.putObject("partialFingerprints").put("primaryLocationLineHash", hash);
    kept.putObject("properties")
        .put("github/alertNumber", alert)
        .put(
            "github/alertUrl",
            "https://api.github.com/repos/%s/code-scanning/alerts/%d"
                .formatted(repository.fullName(), alert));
    if (result.has("rule")) {
      kept.set("rule", result.path("rule"));
    }
    return kept.put("ruleId", rule);
  }

  private static ObjectNode region(JsonNode region) {
    ObjectNode kept = Json.object();
    int start = region.path("startLine").asInt(1);
    if (region.has("endColumn")) {
      kept.set("endColumn", region.path("endColumn"));
    }
    kept.put("endLine", region.path("endLine").asInt(start));
    kept.put("startColumn", region.path("startColumn").asInt(1));
    return kept.put("startLine", start);
  }

  private static String guid(String identity) {
    return UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8)).toString();
  }

  private ObjectNode tool() {
    ObjectNode tool = Json.object();
    tool.set("driver", component(run.path("tool").path("driver")));
    ArrayNode extensions = Json.array();
    run.path("tool")
        .path("extensions")
        .valueStream()
        .map(SarifSubset::component)
        .forEach(extensions::add);
    if (!extensions.isEmpty()) {
      tool.set("extensions", extensions);
    }
    return tool;
  }

  private static ObjectNode component(JsonNode component) {
    ObjectNode kept = copy(component, "name", "semanticVersion", "version");
    ArrayNode rules = kept.putArray("rules");
    for (JsonNode rule : component.path("rules")) {
      ObjectNode copy =
          copy(
              rule,
              "id",
              "name",
              "shortDescription",
              "fullDescription",
              "defaultConfiguration",
              "help",
              "helpUri",
              "properties");
      if (copy.path("properties").path("tags") instanceof ArrayNode tags) {
        ArrayNode few = ((ObjectNode) copy.path("properties")).putArray("tags");
        tags.valueStream().limit(KEPT_TAGS).forEach(few::add);
      }
      rules.add(copy);
    }
    return kept;
  }

  private static ObjectNode copy(JsonNode from, String... fields) {
    ObjectNode copy = Json.object();
    for (String field : fields) {
      if (from.has(field)) {
        copy.set(field, from.path(field).deepCopy());
      }
    }
    return copy;
  }
}
