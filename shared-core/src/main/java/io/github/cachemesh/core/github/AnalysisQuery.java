package io.github.cachemesh.core.github;

import java.util.Map;
import java.util.TreeMap;

/**
 * Which analyses are wanted; an empty filter lets all pass.
 *
 * @param ref in full, such as {@code refs/heads/main}
 * @param toolName such as {@code CodeQL}
 * @param sarifId of one upload
 */
public record AnalysisQuery(String ref, String toolName, String sarifId) {
  /** Those of a ref by a tool. */
  public static AnalysisQuery of(String ref, String toolName) {
    return new AnalysisQuery(ref, toolName, "");
  }

  /** Those that came with one upload. */
  public static AnalysisQuery ofUpload(String sarifId) {
    return new AnalysisQuery("", "", sarifId);
  }

  Map<String, String> parameters() {
    Map<String, String> parameters = new TreeMap<>();
    parameters.put("ref", ref);
    parameters.put("tool_name", toolName);
    parameters.put("sarif_id", sarifId);
    parameters.values().removeIf(String::isEmpty);
    return parameters;
  }
}
