package io.github.cachemesh.core.codeql;

import static java.nio.charset.StandardCharsets.UTF_8;

import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * One text for one value (RFC 8785, for texts, integers, booleans, lists and maps): members sorted
 * by UTF-16 code units, no white space, nothing escaped that need not be.
 */
final class CanonicalJson {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE)
          .disable(JsonWriteFeature.ESCAPE_FORWARD_SLASHES)
          .build();

  private CanonicalJson() {}

  /**
   * @throws IllegalArgumentException for what is no JSON, and for text that is no Unicode, which
   *     has no UTF-8
   */
  static String of(Object value) {
    try {
      String json = JSON.writeValueAsString(value);
      // Halves of surrogate pairs would all become the same replacement.
      if (!UTF_8.newEncoder().canEncode(json)) {
        throw new IllegalArgumentException("a text that is no Unicode");
      }
      return json;
    } catch (JacksonException e) {
      throw new IllegalArgumentException("a value that has no canonical JSON", e);
    }
  }
}
