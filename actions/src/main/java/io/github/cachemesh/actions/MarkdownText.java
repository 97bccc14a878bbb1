package io.github.cachemesh.actions;

/** Turns plain text into Markdown that shows it as it is, on one line. */
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
          if (PUNCTUATION.indexOf(c) >= 0) {
            escaped.append('\\');
          }
          escaped.append(c);
        }
      }
    }
    return escaped.toString();
  }
}
