package io.github.cachemesh.testkit.runner;

import java.util.Locale;

/** When a step runs, given whether an earlier one failed. */
public enum Condition {
  SUCCESS,
  FAILURE,
  ALWAYS;

  /**
   * Reads {@code success()}, {@code failure()} or {@code always()}, with or without <code>${{ }}
   * </code>.
   *
   * @throws IllegalArgumentException for any other expression
   */
  static Condition parse(String expression) {
    String bare = expression.replaceAll("^\\s*\\$\\{\\{|}}\\s*$", "").strip();
    for (Condition condition : values()) {
      if (bare.equals(condition.name().toLowerCase(Locale.ROOT) + "()")) {
        return condition;
      }
    }
    throw new IllegalArgumentException(
        "the emulator does not know the condition '" + expression + "'");
  }

  boolean holds(boolean failed) {
    return switch (this) {
      case SUCCESS -> !failed;
      case FAILURE -> failed;
      case ALWAYS -> true;
    };
  }
}
