package io.github.cachemesh.testkit.runner;

import java.util.function.BiConsumer;

/**
 * Reads what a step wrote to {@code GITHUB_ENV}, {@code GITHUB_OUTPUT} or {@code GITHUB_STATE}:
 * entries {@code NAME=VALUE} or {@code NAME<<DELIMITER}, with only LF as line break, as the runner
 * has it on Linux.
 */
final class EnvFile {
  private final String text;
  private final boolean blankLinesAllowed;
  private int position;

  private EnvFile(String text, boolean blankLinesAllowed) {
    this.text = text.startsWith("\uFEFF") ? text.substring(1) : text;
    this.blankLinesAllowed = blankLinesAllowed;
  }

  /**
   * Hands each entry to {@code sink}, in order. As on the runner, the entries before a malformed
   * one have been handed over when it fails.
   *
   * @throws MalformedEnvFileException at the first line that is no entry
   */
  static void parse(String text, Flavour flavour, BiConsumer<String, String> sink) {
    new EnvFile(text, flavour != Flavour.ACT).parse(sink);
  }

  private void parse(BiConsumer<String, String> sink) {
    while (position < text.length()) {
      String line = nextLine();
      int equals = line.indexOf('=');
      int heredoc = line.indexOf("<<");
      if (line.isEmpty()) {
        if (!blankLinesAllowed) {
          throw new MalformedEnvFileException("Invalid format '', a blank line");
        }
      } else if (equals > 0 && (heredoc < 0 || equals < heredoc)) {
        sink.accept(line.substring(0, equals), line.substring(equals + 1));
      } else if (heredoc > 0 && heredoc + 2 < line.length() && (equals < 0 || heredoc < equals)) {
        sink.accept(line.substring(0, heredoc), heredoc(line.substring(heredoc + 2)));
      } else {
        throw new MalformedEnvFileException(
            "Invalid format '" + line + "': a name, then '=' or '<<' and a delimiter");
      }
    }
  }

  private String heredoc(String delimiter) {
    int start = position;
    int end = start;
    while (position < text.length()) {
      int lineStart = position;
      String line = nextLine();
      if (line.equals(delimiter)) {
        return text.substring(start, end);
      }
      if (text.charAt(position - 1) != '\n') {
        break;
      }
      end = lineStart + line.length();
    }
    throw new MalformedEnvFileException("Matching delimiter not found '" + delimiter + "'");
  }

  private String nextLine() {
    int start = position;
    int lf = text.indexOf('\n', start);
    position = lf < 0 ? text.length() : lf + 1;
    return text.substring(start, lf < 0 ? text.length() : lf);
  }
}
