package io.github.cachemesh.testkit.runner;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Evaluates <code>${{ context.name }}</code> within a text. It knows plain lookups only: anything
 * else is an error that names the expression, never a silent empty text.
 */
final class Expressions {
  private static final Pattern EXPRESSION = Pattern.compile("\\$\\{\\{\\s*(.*?)\\s*}}");

  private final Map<String, String> values;

  /**
   * @param values by dotted path in lower case, such as {@code github.token}
   */
  Expressions(Map<String, String> values) {
    this.values = Map.copyOf(values);
  }

  String evaluate(String text) {
    Matcher matcher = EXPRESSION.matcher(text);
    return matcher.replaceAll(match -> Matcher.quoteReplacement(lookUp(match.group(1))));
  }

  private String lookUp(String path) {
    String value = values.get(path.toLowerCase(Locale.ROOT));
    if (value == null) {
      throw new IllegalArgumentException(
          "the emulator does not know the expression '${{ " + path + " }}'");
    }
    return value;
  }
}
