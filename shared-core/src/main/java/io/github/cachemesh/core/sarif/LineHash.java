package io.github.cachemesh.core.sarif;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The hash of a line and of what follows it, and which of the file's lines with this hash it is. 24
 * bytes, where its text takes 64: files have half a million.
 *
 * @param hash unsigned
 * @param occurrence from 1
 */
public record LineHash(long hash, int occurrence) implements Fingerprint {
  private static final Pattern TEXT =
      Pattern.compile("(0|[1-9a-f][0-9a-f]{0,15}):([1-9][0-9]{0,8})");

  /** Empty for what {@link #text} would write otherwise. */
  static Optional<LineHash> parse(String text) {
    var parts = TEXT.matcher(text);
    return parts.matches()
        ? Optional.of(
            new LineHash(
                Long.parseUnsignedLong(parts.group(1), 16), Integer.parseInt(parts.group(2))))
        : Optional.empty();
  }

  @Override
  public String text() {
    return Long.toHexString(hash) + ":" + occurrence;
  }

  @Override
  public String toString() {
    return text();
  }
}
