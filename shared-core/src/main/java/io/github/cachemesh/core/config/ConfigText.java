package io.github.cachemesh.core.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The text of a configuration file, not yet understood.
 *
 * @param file the name that messages show
 */
public record ConfigText(String file, String text) {
  /** Most bytes of a configuration file. */
  public static final int MAX_BYTES = 1 << 20;

  /**
   * Reads a file of at most {@link #MAX_BYTES} bytes of UTF-8.
   *
   * @throws IOException if the file cannot be read
   * @throws InvalidConfigurationException if it is larger, or not UTF-8
   */
  public static ConfigText read(Path file) throws IOException, InvalidConfigurationException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    }
    if (bytes.length > MAX_BYTES) {
      throw unusable(file, "the file is larger than " + MAX_BYTES + " bytes");
    }
    try {
      return new ConfigText(
          file.toString(), UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      throw unusable(file, "the file is not UTF-8");
    }
  }

  private static InvalidConfigurationException unusable(Path file, String message) {
    Origin start = new Origin.FileLine(file.toString(), 1);
    return new InvalidConfigurationException(List.of(new Problem(start, "", message)));
  }
}
