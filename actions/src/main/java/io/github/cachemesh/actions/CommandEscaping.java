package io.github.cachemesh.actions;

/**
 * The escaping of workflow commands: data hides {@code %}, CR and LF; a property hides also what
 * separates properties. {@code %} goes first, or the escapes themselves would be escaped.
 */
final class CommandEscaping {
  private CommandEscaping() {}

  static String data(String text) {
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }

  static String property(String text) {
    return data(text).replace(":", "%3A").replace(",", "%2C");
  }
}
