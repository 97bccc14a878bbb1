package io.github.cachemesh.core.codeql;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What codeql-action's init saved of itself in {@code $RUNNER_TEMP/config}: what really was
 * scanned, and how.
 *
 * @param buildMode empty for none
 * @param computedConfig canonical JSON of the configuration that the CLI got
 * @param overlayDatabaseMode {@code none}, {@code overlay-base} or {@code overlay}
 * @param excludesQueries whether queries are left out since only a change is looked at
 * @param properties of the repository as init saw them, as text
 * @param server such as {@code GitHub.com}
 */
public record SavedConfig(
    SortedSet<String> analysisKinds,
    SortedSet<String> languages,
    String buildMode,
    String computedConfig,
    String overlayDatabaseMode,
    boolean excludesQueries,
    SortedMap<String, String> properties,
    boolean debugMode,
    String server) {
  /** The longest text that is read. */
  public static final int MAX_CHARACTERS = 4 << 20;

  /** Empty when it is not what init of codeql-action v3 or v4 writes, or is too long. */
  public static Optional<SavedConfig> parse(String json) {
    if (json.length() > MAX_CHARACTERS) {
      return Optional.empty();
    }
    try {
      JsonNode root = JsonMapper.shared().readTree(json);
      JsonNode config = root.required("computedConfig");
      if (!config.isObject()) {
        return Optional.empty();
      }
      return Optional.of(
          new SavedConfig(
              texts(root.required("analysisKinds")),
              texts(root.required("languages")),
              root.path("buildMode").asString(""),
              CanonicalJson.of(JsonMapper.shared().treeToValue(config, Object.class)),
              root.path("overlayDatabaseMode").asString("none"),
              !root.path("extraQueryExclusions").isEmpty(),
              properties(root.path("repositoryProperties")),
              root.required("debugMode").asBoolean(),
              root.required("gitHubVersion").required("type").asString()));
    } catch (JacksonException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static SortedSet<String> texts(JsonNode array) {
    SortedSet<String> texts = new TreeSet<>();
    array.asArray().forEach(element -> texts.add(element.asString()));
    return texts;
  }

  private static SortedMap<String, String> properties(JsonNode object) {
    SortedMap<String, String> properties = new TreeMap<>();
    for (Map.Entry<String, JsonNode> property : object.properties()) {
      properties.put(property.getKey(), property.getValue().asString());
    }
    return properties;
  }
}
