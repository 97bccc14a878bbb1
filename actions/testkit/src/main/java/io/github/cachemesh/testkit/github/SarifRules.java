package io.github.cachemesh.testkit.github;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Finds the rule of a result in its run: in the driver, or in the extension that it names. */
final class SarifRules {
  private SarifRules() {}

  static Optional<JsonNode> of(JsonNode run, JsonNode result) {
    JsonNode reference = result.path("rule");
    int component = reference.path("toolComponent").path("index").asInt(-1);
    JsonNode tool = run.path("tool");
    JsonNode rules =
        (component < 0 ? tool.path("driver") : tool.path("extensions").path(component))
            .path("rules");
    int index = reference.path("index").asInt(result.path("ruleIndex").asInt(-1));
    if (index >= 0 && rules.has(index)) {
      return Optional.of(rules.path(index));
    }
    String id = id(result);
    return rules.valueStream().filter(rule -> rule.path("id").asString("").equals(id)).findFirst();
  }

  static String id(JsonNode result) {
    return result.path("ruleId").asString(result.path("rule").path("id").asString(""));
  }

  /** The result's own level, else its rule's, else {@code warning}. */
  static String level(JsonNode run, JsonNode result) {
    String own = result.path("level").asString("");
    return own.isEmpty()
        ? of(run, result)
            .map(rule -> rule.path("defaultConfiguration").path("level").asString("warning"))
            .orElse("warning")
        : own;
  }

  /** How many rules a run has, in its driver and extensions. */
  static int count(JsonNode run) {
    JsonNode tool = run.path("tool");
    return tool.path("driver").path("rules").size()
        + tool.path("extensions").valueStream().mapToInt(e -> e.path("rules").size()).sum();
  }
}
