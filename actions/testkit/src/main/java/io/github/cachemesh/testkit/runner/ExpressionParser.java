package io.github.cachemesh.testkit.runner;

import io.github.cachemesh.testkit.runner.StepResult.Outcome;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Evaluates one expression of a text while reading it, by descent through the operators {@code ||},
 * {@code &&}, {@code ==} and {@code !=}, {@code !}. Both sides of an operator are evaluated, so
 * that what is not known is an error wherever it stands.
 */
final class ExpressionParser {
  private static final Pattern NAME =
      Pattern.compile("[a-z_][\\w-]*(\\.[a-z_][\\w-]*)*", Pattern.CASE_INSENSITIVE);
  private static final Pattern LITERAL = Pattern.compile("'((?:[^']|'')*+)'");

  private final Expressions expressions;
  private final String text;
  private final int start;
  private int position;
  private boolean asksForStatus;

  /**
   * @param start where the expression begins in the text
   */
  ExpressionParser(Expressions expressions, String text, int start) {
    this.expressions = expressions;
    this.text = text;
    this.start = start;
    this.position = start;
  }

  /**
   * The value of the expression, which ends before {@code end}, or with the text if that is empty.
   *
   * @throws IllegalArgumentException for what the emulator does not know
   */
  ExpressionValue valueUpTo(String end) {
    ExpressionValue value = or();
    if (end.isEmpty() ? hasMore() : !accept(end)) {
      throw unknown("what follows");
    }
    return value;
  }

  /** Where the text goes on after the expression and its end. */
  int position() {
    return position;
  }

  /** Whether the expression has {@code success()}, {@code failure()} or the like. */
  boolean asksForStatus() {
    return asksForStatus;
  }

  private ExpressionValue or() {
    ExpressionValue value = and();
    while (accept("||")) {
      ExpressionValue other = and();
      value = value.isTruthy() ? value : other;
    }
    return value;
  }

  private ExpressionValue and() {
    ExpressionValue value = equality();
    while (accept("&&")) {
      ExpressionValue other = equality();
      value = value.isTruthy() ? other : value;
    }
    return value;
  }

  private ExpressionValue equality() {
    ExpressionValue value = not();
    while (true) {
      if (accept("==")) {
        value = new ExpressionValue.Truth(value.isSameAs(not()));
      } else if (accept("!=")) {
        value = new ExpressionValue.Truth(!value.isSameAs(not()));
      } else {
        return value;
      }
    }
  }

  private ExpressionValue not() {
    return accept("!") ? new ExpressionValue.Truth(!not().isTruthy()) : primary();
  }

  private ExpressionValue primary() {
    if (accept("(")) {
      return closing(or());
    }
    Matcher literal = LITERAL.matcher(text).region(position, text.length());
    if (literal.lookingAt()) {
      position = literal.end();
      return new ExpressionValue.Text(literal.group(1).replace("''", "'"));
    }
    Matcher name = NAME.matcher(text).region(position, text.length());
    if (!name.lookingAt()) {
      throw unknown("what is there");
    }
    position = name.end();
    return accept("(") ? function(name.group()) : named(name.group());
  }

  private ExpressionValue function(String name) {
    if (name.equalsIgnoreCase("toJSON")) {
      return closing(new ExpressionValue.Text(or().json()));
    }
    asksForStatus = true;
    return closing(
        new ExpressionValue.Truth(
            switch (name.toLowerCase(Locale.ROOT)) {
              case "always" -> true;
              case "success" -> expressions.status() == Outcome.SUCCESS;
              case "failure" -> expressions.status() == Outcome.FAILURE;
              // Nobody cancels a job here.
              case "cancelled" -> false;
              default -> throw unknown("the function '" + name + "'");
            }));
  }

  private ExpressionValue named(String name) {
    return switch (name) {
      case "true" -> new ExpressionValue.Truth(true);
      case "false" -> new ExpressionValue.Truth(false);
      case "null" -> new ExpressionValue.Null();
      default -> {
        if (!expressions.know(name)) {
          throw unknown("'" + name + "'");
        }
        yield expressions.lookUp(name);
      }
    };
  }

  private ExpressionValue closing(ExpressionValue value) {
    if (!accept(")")) {
      throw unknown("what is there instead of ')'");
    }
    return value;
  }

  private boolean accept(String symbol) {
    if (hasMore() && text.startsWith(symbol, position)) {
      position += symbol.length();
      return true;
    }
    return false;
  }

  /** Whether there is anything but white space, which is passed over. */
  private boolean hasMore() {
    while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
      position++;
    }
    return position < text.length();
  }

  private IllegalArgumentException unknown(String what) {
    int end = text.indexOf("}}", position);
    String expression = text.substring(start, end < 0 ? text.length() : end).strip();
    return new IllegalArgumentException(
        "the emulator does not know "
            + what
            + ", at character "
            + (position - start)
            + " of the expression '"
            + expression
            + "'");
  }
}
