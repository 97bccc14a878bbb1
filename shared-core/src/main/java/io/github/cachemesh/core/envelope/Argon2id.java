package io.github.cachemesh.core.envelope;

import java.util.regex.Pattern;

/**
 * Argon2id, version 19 (RFC 9106). Its bounds keep a foreign file from choosing a weak key or from
 * taking more than 256 MiB and half a minute.
 *
 * @param memoryKib 19,456 (what OWASP asks for) to 262,144 KiB
 * @param passes over the memory, 2 to 16
 * @param lanes 1 to 4
 */
public record Argon2id(int memoryKib, int passes, int lanes) implements CurrentKdf {
  /** What OWASP recommends. */
  public static final Argon2id DEFAULT = new Argon2id(19_456, 2, 1);

  static final Pattern FORM =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(0|[1-9][0-9]{0,8}),t=(0|[1-9][0-9]{0,8}),p=(0|[1-9][0-9]{0,8})");

  /**
   * @throws IllegalArgumentException naming the parameter that is outside its bounds
   */
  public Argon2id {
    check("memory in KiB", memoryKib, 19_456, 262_144);
    check("passes", passes, 2, 16);
    check("lanes", lanes, 1, 4);
  }

  private static void check(String parameter, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "Argon2id's %s: %d is not within %d and %d".formatted(parameter, value, least, most));
    }
  }

  @Override
  public String toString() {
    return "$argon2id$v=19$m=%d,t=%d,p=%d".formatted(memoryKib, passes, lanes);
  }
}
