package io.github.cachemesh.actions;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * One of the files through which an action hands values to its runner. Every entry is appended in
 * one write and ends in a line break; there are no blank lines between entries, since act refuses
 * them. Values stand between random delimiters, so that no value can smuggle in another entry.
 */
final class EnvironmentFile {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");
  private static final int MAX_DELIMITERS = 3;

  private final String variable;
  private final Map<String, String> env;
  private final RandomGenerator random;

  EnvironmentFile(String variable, Map<String, String> env, RandomGenerator random) {
    this.variable = variable;
    this.env = env;
    this.random = random;
  }

  /** Appends {@code name} with {@code value}, which may have several lines. */
  void put(String name, String value) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          variable + ": '" + name + "' is no name; it must match " + NAME);
    }
    if (value.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(variable + ": the value of '" + name + "' holds a NUL");
    }
    String delimiter = delimiterFor(name, value);
    append(name + "<<" + delimiter + "\n" + value + "\n" + delimiter + "\n");
  }

  /** Appends one line. */
  void line(String line) {
    if (line.isEmpty() || line.chars().anyMatch(c -> c == '\n' || c == '\r' || c == '\0')) {
      throw new IllegalArgumentException(variable + " takes one line that is not empty");
    }
    append(line + "\n");
  }

  private String delimiterFor(String name, String value) {
    for (int i = 0; i < MAX_DELIMITERS; i++) {
      byte[] bytes = new byte[16];
      random.nextBytes(bytes);
      String delimiter = "end_" + HexFormat.of().formatHex(bytes);
      if (!value.contains(delimiter)) {
        return delimiter;
      }
    }
    throw new IllegalStateException(
        variable + ": no delimiter is absent from the value of '" + name + "'");
  }

  private void append(String text) {
    String path = env.get(variable);
    if (path == null || path.isEmpty()) {
      throw new ActionFailure(
          "The runner did not set " + variable + ".",
          "Run this action in a workflow, on a runner of version 2.308 or later.");
    }
    try (FileChannel file = FileChannel.open(Path.of(path), StandardOpenOption.APPEND)) {
      ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(variable + " takes text that UTF-8 can express", e);
    } catch (IOException e) {
      throw new ActionFailure(
          "The file of " + variable + " cannot be written: " + e.getClass().getSimpleName() + ".",
          "Check that " + path + " exists and that this action's user may write to it.",
          e);
    }
  }
}
