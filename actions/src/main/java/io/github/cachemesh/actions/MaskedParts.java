package io.github.cachemesh.actions;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The single lines that have to be masked for one secret: the secret itself when it is one line;
 * else each trimmed line of at least four characters, and the whole with its line breaks escaped as
 * in JSON, which is how a value of several lines gets into one line of a log.
 */
final class MaskedParts {
  private static final int MIN_LINE_CHARS = 4;

  private MaskedParts() {}

  static Set<String> of(String secret) {
    Set<String> parts = new LinkedHashSet<>();
    List<String> lines = secret.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    if (lines.size() == 1) {
      parts.add(lines.getFirst());
    } else if (lines.size() > 1) {
      lines.stream().filter(line -> line.length() >= MIN_LINE_CHARS).forEach(parts::add);
      // Lines too short to be masked one by one are still not shown when nothing else protects
      // them.
      parts.addAll(parts.isEmpty() ? lines : List.of());
      parts.add(escaped(secret.strip()));
    }
    return parts;
  }

  private static String escaped(String secret) {
    return secret
        .replace("\\", "\\\\")
        .replace("\"", "\\\"")
        .replace("\t", "\\t")
        .replace("\r", "\\r")
        .replace("\n", "\\n");
  }
}
