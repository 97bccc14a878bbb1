package io.github.cachemesh.testkit.runner;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What an expression comes to. There are no numbers: no context here has any. */
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

  /** The values of a matrix. */
  record Mapping(Map<String, String> values) implements ExpressionValue {
    private static final JsonMapper JSON =
        JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .defaultPrettyPrinter(
                new DefaultPrettyPrinter(
                        Separators.createDefaultInstance()
                            .withObjectNameValueSpacing(Separators.Spacing.AFTER))
                    .withObjectIndenter(new DefaultIndenter("  ", "\n")))
            .build();

    public Mapping {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    @Override
    public boolean isTruthy() {
      return true;
    }

    @Override
    public String text() {
      return "Object";
    }

    @Override
    public String json() {
      return JSON.writeValueAsString(values);
    }

    @Override
    public double number() {
      return Double.NaN;
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
