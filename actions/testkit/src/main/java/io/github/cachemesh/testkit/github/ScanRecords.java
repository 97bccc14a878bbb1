package io.github.cachemesh.testkit.github;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What one repository knows of code scanning: uploads, analyses, and the commits, properties and
 * pull requests that tests declared. Guarded by the lock of {@link ApiService}.
 */
final class ScanRecords {
  /** An analysis as the API describes it, and its SARIF as GitHub keeps it. */
  record Analysis(ObjectNode document, ObjectNode sarif) {
    long id() {
      return document.path("id").longValue();
    }
  }

  /** An upload after it was processed; errors where it was refused. */
  record Upload(List<String> errors) {}

  final NavigableMap<Long, Analysis> analyses = new TreeMap<>();
  final Map<String, Upload> uploads = new LinkedHashMap<>();
  final Map<String, ObjectNode> commits = new LinkedHashMap<>();
  final Map<String, JsonNode> properties = new TreeMap<>();
  private final Map<String, List<Integer>> pullsOfCommits = new LinkedHashMap<>();
  private final Map<String, Integer> alerts = new LinkedHashMap<>();

  /** The number of the alert with this identity; the same for every analysis that shows it. */
  int alertNumber(String identity) {
    Integer next = alerts.size() + 1;
    Integer known = alerts.putIfAbsent(identity, next);
    return known == null ? next : known;
  }

  void belongsTo(String commit, int pull) {
    pullsOfCommits.computeIfAbsent(commit, _ -> new ArrayList<>()).add(pull);
  }

  List<Integer> pullsOf(String commit) {
    return pullsOfCommits.getOrDefault(commit, List.of());
  }
}
