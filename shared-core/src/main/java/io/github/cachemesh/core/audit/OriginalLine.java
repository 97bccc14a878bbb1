package io.github.cachemesh.core.audit;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * An entry as the Python original writes its {@code audit.log}, for what reads that: {@code
 * timestamp, action, credential, details}, in the original's words where it has them.
 */
public final class OriginalLine {
  private static final DateTimeFormatter ISO =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSxxx", Locale.ROOT);
  private static final Pattern NAME_AND_SCOPE = Pattern.compile("(\\S+) \\((.+)\\)");
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private OriginalLine() {}

  /** The line without its end. */
  public static String of(AuditEntry entry) {
    AuditEvent event = entry.event();
    Matcher named = NAME_AND_SCOPE.matcher(event.what());
    boolean scoped = named.matches();
    ObjectNode details = MAPPER.createObjectNode();
    if (event.outcome() != AuditOutcome.DONE) {
      details.put("reason", event.outcome().word().replace('-', '_'));
    }
    if (scoped) {
      details.put("scope", named.group(2));
    }
    details.put("who", event.who()).put("why", event.why()).put("seq", entry.seq());
    ObjectNode line = MAPPER.createObjectNode();
    line.put("timestamp", ISO.format(entry.at().atOffset(ZoneOffset.UTC)))
        .put("action", action(event))
        .put("credential", scoped ? named.group(1) : event.what())
        .set("details", details);
    return MAPPER.writeValueAsString(line);
  }

  private static String action(AuditEvent event) {
    return switch (event.outcome()) {
      case DENIED, NOT_FOUND, EXPIRED -> "access_denied";
      case FAILED -> "access_error";
      case DONE ->
          switch (event.action()) {
            case SET, IMPORT -> "store";
            case GET, GRANT, INJECT -> "access_granted";
            case EXPIRE -> "cleanup";
            default -> event.action().word();
          };
    };
  }
}
