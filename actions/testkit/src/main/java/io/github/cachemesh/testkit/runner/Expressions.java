package io.github.cachemesh.testkit.runner;

import io.github.cachemesh.testkit.runner.StepResult.Outcome;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What expressions may look up, and their evaluation: <code>${{ }}</code> within a text, or a whole
 * condition. A path that is not known is an error that names the expression, never a silent empty
 * text, unless it is open. Immutable.
 *
 * @param values by dotted path in lower case, such as {@code github.token}
 * @param open beginnings of paths, each up to a dot, such as {@code secrets.}: what is below one
 *     and has no value is null, as all that is missing is on GitHub
 * @param status what {@code success()} and {@code failure()} tell of
 */
record Expressions(Map<String, String> values, Set<String> open, Outcome status) {
  static final String MATRIX = "matrix";
  private static final String START = "${{";
  private static final String END = "}}";

  Expressions {
    values = Map.copyOf(values);
    open = Set.copyOf(open);
  }

  /** These and more, of which those win. */
  Expressions with(Map<String, String> moreValues, Set<String> moreOpen) {
    Map<String, String> allValues = new HashMap<>(values);
    allValues.putAll(moreValues);
    Set<String> allOpen = new HashSet<>(open);
    allOpen.addAll(moreOpen);
    return new Expressions(allValues, allOpen, status);
  }

  /** These with another status. */
  Expressions after(Outcome newStatus) {
    return new Expressions(values, open, newStatus);
  }

  /**
   * The text with each expression replaced by its value.
   *
   * @throws IllegalArgumentException for an expression that the emulator does not know
   */
  String evaluate(String text) {
    StringBuilder evaluated = new StringBuilder();
    int rest = 0;
    for (int start = text.indexOf(START); start >= 0; start = text.indexOf(START, rest)) {
      evaluated.append(text, rest, start);
      ExpressionParser parser = new ExpressionParser(this, text, start + START.length());
      evaluated.append(parser.valueUpTo(END).text());
      rest = parser.position();
    }
    return evaluated.append(text, rest, text.length()).toString();
  }

  /**
   * Whether a condition holds, which may be written with or without <code>${{ }}</code>. One that
   * asks for no status holds only after success.
   *
   * @throws IllegalArgumentException for an expression that the emulator does not know
   */
  boolean hold(String condition) {
    String bare = condition.strip();
    if (bare.startsWith(START) && bare.endsWith(END)) {
      bare = bare.substring(START.length(), bare.length() - END.length());
    }
    ExpressionParser parser = new ExpressionParser(this, bare, 0);
    boolean holds = parser.valueUpTo("").isTruthy();
    return holds && (parser.asksForStatus() || status == Outcome.SUCCESS);
  }

  /** Whether {@link #lookUp} knows the path. */
  boolean know(String path) {
    String key = path.toLowerCase(Locale.ROOT);
    return values.containsKey(key) || key.equals(MATRIX) || open.stream().anyMatch(key::startsWith);
  }

  /** The value at a path, which is null where it has none. */
  ExpressionValue lookUp(String path) {
    String key = path.toLowerCase(Locale.ROOT);
    String value = values.get(key);
    if (value != null) {
      return new ExpressionValue.Text(value);
    }
    return key.equals(MATRIX) ? matrix() : new ExpressionValue.Null();
  }

  private ExpressionValue matrix() {
    Map<String, String> matrix = new TreeMap<>();
    values.forEach(
        (path, value) -> {
          if (path.startsWith(MATRIX + ".")) {
            matrix.put(path.substring(MATRIX.length() + 1), value);
          }
        });
    return matrix.isEmpty() ? new ExpressionValue.Null() : new ExpressionValue.Mapping(matrix);
  }
}
