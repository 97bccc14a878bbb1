package io.github.cachemesh.core.audit;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Entries as JSON of printable ASCII, whatever characters their texts have. */
final class EntryJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private EntryJson() {}

  static String write(AuditEntry entry) {
    AuditEvent event = entry.event();
    ObjectNode object =
        MAPPER
            .createObjectNode()
            .put("seq", entry.seq())
            .put("at", entry.at().toString())
            .put("action", event.action().word())
            .put("who", event.who())
            .put("what", event.what())
            .put("why", event.why())
            .put("outcome", event.outcome().word());
    return MAPPER.writeValueAsString(object);
  }

  /**
   * @throws IOException when it does not have this form or these words
   */
  static AuditEntry read(String json) throws IOException {
    try {
      JsonNode object = MAPPER.readTree(json);
      return new AuditEntry(
          object.path("seq").asLong(),
          Instant.parse(text(object, "at")),
          new AuditEvent(
              word(AuditAction.values(), AuditAction::word, text(object, "action")),
              text(object, "who"),
              text(object, "what"),
              text(object, "why"),
              word(AuditOutcome.values(), AuditOutcome::word, text(object, "outcome"))));
    } catch (JacksonException | DateTimeException | IllegalArgumentException e) {
      throw new IOException(
          "a later version of this program wrote to the log; read it with that", e);
    }
  }

  private static String text(JsonNode object, String name) {
    return object.path(name).asString("");
  }

  private static <T> T word(T[] known, Function<T, String> words, String word) {
    return Arrays.stream(known)
        .filter(each -> words.apply(each).equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("unknown word"));
  }
}
