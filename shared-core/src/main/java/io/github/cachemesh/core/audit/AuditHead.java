package io.github.cachemesh.core.audit;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far a log goes: the last line's number and MAC. Kept elsewhere, it shows later that lines up
 * to there were cut or replaced. It tells nothing about the key or what the lines say. Immutable.
 *
 * @param seq 0 where there is no line yet
 * @param mac 64 lower-case hexadecimal digits
 */
public record AuditHead(long seq, String mac) {
  private static final Pattern MAC = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern TEXT = Pattern.compile("(0|[1-9][0-9]{0,17}):([0-9a-f]{64})");

  /** Before the first line. */
  public static final AuditHead START = new AuditHead(0, "0".repeat(64));

  /**
   * @throws IllegalArgumentException when they do not have that form
   */
  public AuditHead {
    if (seq < 0 || !MAC.matcher(mac).matches()) {
      throw new IllegalArgumentException("a head has a number and 64 hexadecimal digits");
    }
  }

  /**
   * The head that {@link #toString} wrote.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static AuditHead parse(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "a head is a number, a colon and 64 lower-case hexadecimal digits");
    }
    return new AuditHead(Long.parseLong(parts.group(1)), parts.group(2));
  }

  /** {@code seq:mac}. */
  @Override
  public String toString() {
    return seq + ":" + mac;
  }
}
