package io.github.cachemesh.core.github;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Takes fields out of GitHub's documents. What must be there and is not, or is of another type,
 * brings an exception that {@link GitHubApi} takes for an unreadable answer.
 */
final class Field {
  private Field() {}

  static String text(JsonNode document, String name) {
    return document.required(name).stringValue();
  }

  /** Empty where the field is absent or null. */
  static String textOrEmpty(JsonNode document, String name) {
    return optional(document, name).orElse("");
  }

  static Optional<String> optional(JsonNode document, String name) {
    JsonNode value = document.path(name);
    return value.isMissingNode() || value.isNull()
        ? Optional.empty()
        : Optional.of(value.stringValue());
  }

  static long number(JsonNode document, String name) {
    return document.required(name).longValue();
  }

  static int count(JsonNode document, String name) {
    return document.required(name).intValue();
  }
}
