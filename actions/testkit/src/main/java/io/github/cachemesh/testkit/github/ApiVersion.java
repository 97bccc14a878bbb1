package io.github.cachemesh.testkit.github;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The calendar versions of the REST API. The newer one drops deprecated fields, so one URL has two
 * bodies though {@code X-GitHub-Api-Version} is not in {@code Vary}.
 */
enum ApiVersion {
  V2022("2022-11-28", List.of()),
  V2026("2026-03-10", List.of("assignee", "has_downloads"));

  private final String date;
  private final List<String> dropped;

  ApiVersion(String date, List<String> dropped) {
    this.date = date;
    this.dropped = dropped;
  }

  /** The version asked for; the older one where none, or an unknown one, is. */
  static ApiVersion of(@Nullable String header) {
    return V2026.date.equals(header) ? V2026 : V2022;
  }

  /** Refuses with 400 a version that there is not. */
  static void check(@Nullable String header) {
    if (header != null && !of(header).date.equals(header)) {
      throw ApiFailure.of(400, "The API version \"" + header + "\" is not supported");
    }
  }

  String date() {
    return date;
  }

  JsonNode apply(JsonNode node) {
    if (dropped.isEmpty()) {
      return node;
    }
    JsonNode copy = node.deepCopy();
    drop(copy);
    return copy;
  }

  private void drop(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.remove(dropped);
    }
    node.values().forEach(this::drop);
  }
}
