package io.github.cachemesh.core.config;

/**
 * Something wrong with one key. It is a single line and quotes no text value, so that it may be
 * logged whatever the value was.
 *
 * @param key dotted path, or empty when the file as a whole is meant
 */
public record Problem(Origin origin, String key, String message) {
  private static final int MAX_SHOWN = 200;

  public Problem {
    key = oneLine(key);
    message = oneLine(message);
  }

  /** Keys are the user's own text: a line break in one could forge a line of the log. */
  private static String oneLine(String text) {
    String cut = text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
    return cut.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?");
  }

  @Override
  public String toString() {
    return key.isEmpty() ? origin + ": " + message : origin + ": " + key + ": " + message;
  }
}
