package io.github.cachemesh.testkit.github;

import tools.jackson.core.JacksonException;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON trees in GitHub's two forms: compact, and indented by two spaces for browsers and curl. */
final class Json {
  static final JsonMapper MAPPER = JsonMapper.builder().build();

  private static final ObjectWriter PRETTY =
      JsonMapper.builder()
          .defaultPrettyPrinter(
              new DefaultPrettyPrinter(
                      Separators.createDefaultInstance()
                          .withObjectNameValueSpacing(Separators.Spacing.AFTER))
                  .withArrayIndenter(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE))
          .build()
          .writerWithDefaultPrettyPrinter();

  private Json() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static ArrayNode array() {
    return MAPPER.createArrayNode();
  }

  /** The object in a request's body. */
  static ObjectNode parseObject(byte[] body) {
    try {
      if (body.length > 0 && MAPPER.readTree(body) instanceof ObjectNode object) {
        return object;
      }
    } catch (JacksonException malformed) {
      throw ApiFailure.of(400, "Problems parsing JSON");
    }
    throw ApiFailure.of(400, "Body should be a JSON object");
  }

  static String compact(JsonNode node) {
    return node.toString();
  }

  static String pretty(String compact) {
    return PRETTY.writeValueAsString(MAPPER.readTree(compact)) + "\n";
  }
}
