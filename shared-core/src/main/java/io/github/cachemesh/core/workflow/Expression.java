package io.github.cachemesh.core.workflow;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A GitHub Actions expression as a tree. Two that are equal mean the same at the same moment: names
 * of contexts, properties and functions are in lower case, since GitHub ignores theirs, and {@code
 * a['b']} is {@code a.b}.
 */
sealed interface Expression {

  record Text(String text) implements Expression {}

  /** A number, true, false or null, as it is written. */
  record Constant(String word) implements Expression {}

  record Context(String name) implements Expression {}

  /**
   * @param name {@code *} for the filter of all members
   */
  record Member(Expression of, String name) implements Expression {}

  record Index(Expression of, Expression index) implements Expression {}

  record Call(String function, List<Expression> arguments) implements Expression {
    public Call {
      arguments = List.copyOf(arguments);
    }
  }

  record Not(Expression of) implements Expression {}

  /**
   * @param operator {@code && || == != < <= > >=}
   */
  record Operation(String operator, Expression left, Expression right) implements Expression {}

  /** {@code of[index]} in its simplest form. */
  static Expression index(Expression of, Expression index) {
    return index instanceof Text(String text) && !text.equals("*")
        ? new Member(of, text.toLowerCase(Locale.ROOT))
        : new Index(of, index);
  }

  /** What must all be true for this to be: the operands of the outermost {@code &&}. */
  default Stream<Expression> conjuncts() {
    return this instanceof Operation(String operator, Expression left, Expression right)
            && operator.equals("&&")
        ? Stream.concat(left.conjuncts(), right.conjuncts())
        : Stream.of(this);
  }

  /** {@code steps.<id>.outputs.<name>}; of a step whose id is known. */
  static Expression output(String stepId, String name) {
    Expression step = new Member(new Context("steps"), stepId.toLowerCase(Locale.ROOT));
    return new Member(new Member(step, "outputs"), name);
  }
}
