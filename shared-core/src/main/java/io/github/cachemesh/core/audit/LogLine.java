package io.github.cachemesh.core.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.cachemesh.core.envelope.MacKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of the log: a JSON object whose last member is the MAC over the line before it and its own
 * other members, byte for byte. Immutable.
 *
 * @param body the line up to the MAC
 * @param stated what the line says of itself: its number and its MAC
 */
record LogLine(String body, AuditHead stated) {
  /** Of a line with its end; an event's texts take six bytes a character at most. */
  static final int MAX_BYTES = 16 << 10;

  private static final Pattern FORM =
      Pattern.compile("(\\{\"seq\":([1-9][0-9]{0,17}),[\\x20-\\x7e]*),\"mac\":\"([0-9a-f]{64})\"}");

  /** The line that continues a log. */
  static LogLine after(AuditHead head, Instant at, AuditEvent event, MacKey key) {
    AuditEntry entry = new AuditEntry(head.seq() + 1, at, event);
    String object = EntryJson.write(entry);
    String body = object.substring(0, object.length() - 1);
    String mac = HexFormat.of().formatHex(key.tag(message(head, body)));
    return new LogLine(body, new AuditHead(entry.seq(), mac));
  }

  /**
   * Reads a line, which may be anything.
   *
   * @param line without its end
   */
  static Optional<LogLine> parse(byte[] line) {
    if (line.length >= MAX_BYTES) {
      return Optional.empty();
    }
    Matcher parts = FORM.matcher(new String(line, US_ASCII));
    return parts.matches()
        ? Optional.of(
            new LogLine(
                parts.group(1), new AuditHead(Long.parseLong(parts.group(2)), parts.group(3))))
        : Optional.empty();
  }

  /** Whether it was written with this key right after that line. */
  boolean continues(AuditHead head, MacKey key) {
    return stated.seq() == head.seq() + 1
        && key.verifies(message(head, body), HexFormat.of().parseHex(stated.mac()));
  }

  private static byte[] message(AuditHead previous, String body) {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    message.writeBytes(HexFormat.of().parseHex(previous.mac()));
    message.writeBytes(body.getBytes(US_ASCII));
    return message.toByteArray();
  }

  /** With the line's end. */
  byte[] bytes() {
    return (body + ",\"mac\":\"" + stated.mac() + "\"}\n").getBytes(US_ASCII);
  }

  /**
   * What it tells; ask {@link #continues} first.
   *
   * @throws IOException when this version does not know its words
   */
  AuditEntry entry() throws IOException {
    return EntryJson.read(body + "}");
  }
}
