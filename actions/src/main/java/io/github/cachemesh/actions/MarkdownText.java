package io.github.cachemesh.actions;

/**
 * Turns plain text into Markdown that shows it as it is, on one line. An underscore within a word
 * stays: it has no meaning there, and the runner would not recognize a masked token any more.
 */
final class MarkdownText {
  private static final String PUNCTUATION = "\\`*_[]|~#";

  private MarkdownText() {}

  static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    String oneLine = text.strip().replace("\r\n", "\n").replace('\r', '\n');
    for (int i = 0; i < oneLine.length(); i++) {
      char c = oneLine.charAt(i);
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '\n' -> escaped.append("<br>");
        default -> {
          if (PUNCTUATION.indexOf(c) >= 0 && !(c == '_' && withinWord(oneLine, i))) {
            escaped.append('\\');
          }
          escaped.append(c);
        }
      }
    }
    return escaped.toString();
  }

  private static boolean withinWord(String text, int at) {
    return at > 0
        && at + 1 < text.length()
        && Character.isLetterOrDigit(text.charAt(at - 1))
        && Character.isLetterOrDigit(text.charAt(at + 1));
  }
}
