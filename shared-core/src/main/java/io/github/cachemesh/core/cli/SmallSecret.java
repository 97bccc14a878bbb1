package io.github.cachemesh.core.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Keys and passphrases in files, of at most {@value #MAX_BYTES} bytes. */
final class SmallSecret {
  static final int MAX_BYTES = 4096;

  private SmallSecret() {}

  /**
   * All bytes of a file, which the caller zeroes.
   *
   * @param option that named it, for people
   */
  static byte[] read(String option, Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        Arrays.fill(bytes, (byte) 0);
        throw CommandFailure.usage(
            "%s: %s has more than %d bytes".formatted(option, file, MAX_BYTES));
      }
      return bytes;
    } catch (IOException e) {
      throw CommandFailure.usage(
          option + ": " + ErrorReport.describe(e) + "; name a file that can be read");
    }
  }

  /** The first line of a file, which the caller zeroes. */
  static byte[] line(String option, Path file) throws IOException {
    byte[] bytes = read(option, file);
    int end = 0;
    while (end < bytes.length && bytes[end] != '\n' && bytes[end] != '\r') {
      end++;
    }
    byte[] line = Arrays.copyOf(bytes, end);
    Arrays.fill(bytes, (byte) 0);
    if (line.length == 0) {
      throw CommandFailure.usage("%s: the first line of %s is empty".formatted(option, file));
    }
    return line;
  }
}
