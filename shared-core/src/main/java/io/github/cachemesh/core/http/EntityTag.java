package io.github.cachemesh.core.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An entity tag, RFC 9110 section 8.8.3.
 *
 * @param opaque without its quotes
 */
public record EntityTag(boolean weak, String opaque) {
  private static final Pattern TAG =
      Pattern.compile("(W/)?\"([\\x21\\x23-\\x7E\\x80-\\xFF]*+)\"[ \\t]*+");
  private static final Pattern SEPARATORS = Pattern.compile("[ \\t,]*+");

  /** Empty for a malformed tag. */
  public static Optional<EntityTag> parse(String text) {
    Matcher tag = TAG.matcher(text.strip());
    return tag.matches() ? Optional.of(of(tag)) : Optional.empty();
  }

  private static EntityTag of(Matcher tag) {
    return new EntityTag(tag.group(1) != null, tag.group(2));
  }

  /** The tags of {@code If-None-Match} lines; malformed ones are left out, {@code *} is none. */
  public static List<EntityTag> parseAll(List<String> lines) {
    List<EntityTag> tags = new ArrayList<>(1);
    for (String line : lines) {
      Matcher separators = SEPARATORS.matcher(line);
      Matcher tag = TAG.matcher(line);
      int at = 0;
      while (separators.find(at) && separators.end() < line.length()) {
        int start = separators.end();
        boolean found = tag.region(start, line.length()).lookingAt();
        if (found && (tag.end() == line.length() || line.charAt(tag.end()) == ',')) {
          tags.add(of(tag));
          at = tag.end();
        } else {
          int comma = line.indexOf(',', start);
          at = comma < 0 ? line.length() : comma;
        }
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
