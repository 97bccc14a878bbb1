package io.github.cachemesh.testkit.runner;

import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/** What an expression comes to. There are no numbers and no objects: no context here has any. */
sealed interface ExpressionValue {

  boolean isTruthy();

  /** As it stands in a text. */
  String text();

  /** As {@code toJSON} has it. */
  String json();

  /** As GitHub compares it with a value of another kind. */
  double number();

  /** Whether {@code ==} holds: texts are compared regardless of case. */
  default boolean isSameAs(ExpressionValue other) {
    if (this instanceof Text(String mine) && other instanceof Text(String others)) {
      return mine.equalsIgnoreCase(others);
    }
    return number() == other.number();
  }

  /** A text. */
  record Text(String text) implements ExpressionValue {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern NUMBER =
        Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)(e[-+]?\\d+)?", Pattern.CASE_INSENSITIVE);

    @Override
    public boolean isTruthy() {
      return !text.isEmpty();
    }

    @Override
    public String json() {
      return JSON.writeValueAsString(text);
    }

    @Override
    public double number() {
      String stripped = text.strip();
      if (stripped.isEmpty()) {
        return 0;
      }
      return NUMBER.matcher(stripped).matches() ? Double.parseDouble(stripped) : Double.NaN;
    }
  }

  /** True or false. */
  record Truth(boolean isTruthy) implements ExpressionValue {
    @Override
    public String text() {
      return String.valueOf(isTruthy);
    }

    @Override
    public String json() {
      return text();
    }

    @Override
    public double number() {
      return isTruthy ? 1 : 0;
    }
  }

  /** What is not there. */
  record Null() implements ExpressionValue {
    @Override
    public boolean isTruthy() {
      return false;
    }

    @Override
    public String text() {
      return "";
    }

    @Override
    public String json() {
      return "null";
    }

    @Override
    public double number() {
      return 0;
    }
  }
}
