package io.github.cachemesh.core.git;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Git LFS keeps in place of a file's content, by its specification version 1. Pointers with
 * extensions are not understood.
 *
 * @param sha256 of the content, 64 hexadecimal digits
 * @param size of the content, in bytes
 */
record LfsPointer(String sha256, long size) {
  /** A pointer is shorter. */
  static final int MAX_BYTES = 1024;

  private static final byte[][] BEGINNINGS = {
    "version https://git-lfs.github.com/spec/".getBytes(StandardCharsets.US_ASCII),
    "version https://hawser.github.com/spec/".getBytes(StandardCharsets.US_ASCII)
  };
  private static final Pattern TEXT =
      Pattern.compile(
          "version https://(?:git-lfs|hawser)\\.github\\.com/spec/v1\n"
              + "oid sha256:([0-9a-f]{64})\n"
              + "size ([0-9]{1,18})\n?");

  /** Whether what begins with these bytes, and is that long, is likely a pointer. */
  static boolean isLikely(byte[] beginning, int available, long size) {
    if (size >= MAX_BYTES) {
      return false;
    }
    for (byte[] known : BEGINNINGS) {
      if (available >= known.length
          && Arrays.equals(beginning, 0, known.length, known, 0, known.length)) {
        return true;
      }
    }
    return false;
  }

  static Optional<LfsPointer> parse(byte[] text) {
    Matcher matcher = TEXT.matcher(new String(text, StandardCharsets.ISO_8859_1));
    if (text.length >= MAX_BYTES || !matcher.matches()) {
      return Optional.empty();
    }
    return Optional.of(new LfsPointer(matcher.group(1), Long.parseLong(matcher.group(2))));
  }
}
