package io.github.cachemesh.core.codeql;

import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A job's matrix as JSON, by which code scanning tells the jobs of one workflow apart. */
final class Matrix {
  private Matrix() {}

  /** One text for equal matrices; {@code {}} for none; what is no JSON object stays as it is. */
  static String canonical(String json) {
    try {
      JsonNode matrix = JsonMapper.shared().readTree(json.isBlank() ? "null" : json);
      if (matrix.isNull() || matrix.isMissingNode()) {
        return "{}";
      }
      return CanonicalJson.of(JsonMapper.shared().treeToValue(matrix, Object.class));
    } catch (JacksonException e) {
      return json;
    }
  }

  /**
   * The category of an upload: the one that the workflow gives, else what codeql-action makes of
   * the analysis key and the matrix.
   */
  static String category(String given, String analysisKey, String matrix) {
    if (!given.isEmpty()) {
      return withoutSlash(given);
    }
    StringBuilder category = new StringBuilder(analysisKey);
    members(matrix)
        .forEach((name, value) -> category.append('/').append(name).append(':').append(value));
    return category.toString();
  }

  private static Map<String, String> members(String json) {
    // As codeql-action sorts: by the texts "name,value".
    Map<String, String> members = new TreeMap<>(Comparator.comparing((String name) -> name + ","));
    try {
      JsonNode matrix = JsonMapper.shared().readTree(json.isBlank() ? "null" : json);
      for (Map.Entry<String, JsonNode> member : matrix.properties()) {
        // Code scanning knows texts only.
        JsonNode value = member.getValue();
        members.put(member.getKey(), value.isString() ? value.stringValue() : "");
      }
    } catch (JacksonException _) {
      return Map.of();
    }
    return members;
  }

  /** The category of a SARIF's {@code automationDetails.id}: all before its last slash. */
  static String categoryOf(String automationId) {
    int slash = automationId.lastIndexOf('/');
    return slash < 0 ? automationId : automationId.substring(0, slash);
  }

  static String withoutSlash(String category) {
    return category.endsWith("/") ? category.substring(0, category.length() - 1) : category;
  }
}
