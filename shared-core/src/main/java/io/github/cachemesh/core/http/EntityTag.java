package io.github.cachemesh.core.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An entity tag, RFC 9110 section 8.8.3.
 *
 * @param opaque without its quotes
 */
public record EntityTag(boolean weak, String opaque) {

  /** Empty for a malformed tag. */
  public static Optional<EntityTag> parse(String text) {
    String tag = text.strip();
    boolean weak = tag.startsWith("W/");
    String quoted = weak ? tag.substring(2) : tag;
    boolean wellFormed =
        quoted.length() >= 2
            && quoted.startsWith("\"")
            && quoted.indexOf('"', 1) == quoted.length() - 1;
    return wellFormed
        ? Optional.of(new EntityTag(weak, quoted.substring(1, quoted.length() - 1)))
        : Optional.empty();
  }

  /** The tags of {@code If-None-Match} lines; malformed ones are left out, {@code *} is none. */
  public static List<EntityTag> parseAll(List<String> lines) {
    List<EntityTag> tags = new ArrayList<>(1);
    for (String line : lines) {
      int at = 0;
      while (at < line.length()) {
        int open = line.indexOf('"', at);
        int close = open < 0 ? -1 : line.indexOf('"', open + 1);
        if (close < 0) {
          break;
        }
        boolean weak = open >= 2 && line.startsWith("W/", open - 2);
        tags.add(new EntityTag(weak, line.substring(open + 1, close)));
        at = close + 1;
      }
    }
    return tags;
  }

  /** The weak comparison of RFC 9110 section 8.8.3.2, which {@code If-None-Match} uses. */
  public boolean weaklyEquals(EntityTag other) {
    return opaque.equals(other.opaque);
  }

  @Override
  public String toString() {
    return (weak ? "W/\"" : "\"") + opaque + "\"";
  }
}
