package io.github.cachemesh.setup;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The last lines that a node wrote, {@value #MAX_LINES} at most, for a message. */
record LogTail(NodeHome home) {
  static final int MAX_LINES = 10;

  private static final int MAX_BYTES = 4096;

  /** The lines, each after a line break; empty where there are none. */
  String text() {
    List<String> lines =
        Stream.of(home.console(), home.log()).flatMap(file -> end(file).lines()).toList();
    StringBuilder text = new StringBuilder();
    lines.stream()
        .skip(Math.max(0, lines.size() - MAX_LINES))
        .forEach(line -> text.append('\n').append(line));
    return text.toString();
  }

  private static String end(Path path) {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      file.seek(Math.max(0, file.length() - MAX_BYTES));
      byte[] bytes = new byte[MAX_BYTES];
      int length = file.read(bytes);
      return length <= 0 ? "" : new String(bytes, 0, length, UTF_8);
    } catch (IOException e) {
      return "";
    }
  }
}
