package io.github.cachemesh.core.workflow;

import io.github.cachemesh.core.workflow.Expression.Call;
import io.github.cachemesh.core.workflow.Expression.Not;
import io.github.cachemesh.core.workflow.Expression.Operation;
import io.github.cachemesh.core.workflow.Expression.Text;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a step's {@code if} makes of our output {@code should-skip-scan}.
 *
 * @param opens when the step runs
 * @param others what else it demands; the same in several steps means that they run under the same
 *     conditions but for ours
 * @param afterFailures whether it runs even when an earlier step has failed
 */
record Gate(Opens opens, Set<Expression> others, boolean afterFailures) {
  private static final String OUTPUT = "should-skip-scan";
  private static final Expression SUCCESS = new Call("success", List.of());
  private static final Set<Expression> AFTER_FAILURES =
      Set.of(new Call("always", List.of()), new Not(new Call("cancelled", List.of())));

  /** When a gated step runs. */
  enum Opens {
    FOR_A_SCAN,
    ON_A_HIT
  }

  Gate {
    others = Set.copyOf(others);
  }

  /**
   * The gate in a condition, or nothing when it has none or several, or demands something that may
   * change from step to step.
   *
   * @param condition as it stands in the workflow
   * @throws ExpressionException when it is no expression
   */
  static Optional<Gate> in(String condition, String stepId) throws ExpressionException {
    Set<Expression> others = new HashSet<>();
    List<Opens> found = new ArrayList<>();
    boolean afterFailures = false;
    for (Expression conjunct : expression(condition).conjuncts().toList()) {
      Optional<Opens> opens = opens(conjunct, stepId);
      opens.ifPresent(found::add);
      if (AFTER_FAILURES.contains(conjunct)) {
        afterFailures = true;
      } else if (opens.isEmpty() && !conjunct.equals(SUCCESS)) {
        others.add(conjunct);
      }
    }
    return found.size() == 1 && others.stream().allMatch(Constancy::holdsInJob)
        ? Optional.of(new Gate(found.getFirst(), others, afterFailures))
        : Optional.empty();
  }

  /**
   * The expression of an {@code if}, where <code>${{ }}</code> may be left out. With anything
   * around it, a line's end too, the runner makes a text of it all, and a text is true.
   */
  static Expression expression(String condition) throws ExpressionException {
    if (!condition.contains("${{")) {
      return ExpressionParser.parse(condition);
    }
    return Template.parse(condition)
        .only()
        .orElseThrow(() -> new ExpressionException("text around ${{ }} makes it always true"));
  }

  static boolean isOf(Expression conjunct, String stepId) {
    return opens(conjunct, stepId).isPresent();
  }

  private static Optional<Opens> opens(Expression conjunct, String stepId) {
    return switch (conjunct) {
      case Not(Operation(String operator, Expression left, Expression right))
          when operator.equals("==") ->
          opens(new Operation("!=", left, right), stepId);
      case Not(Operation(String operator, Expression left, Expression right))
          when operator.equals("!=") ->
          opens(new Operation("==", left, right), stepId);
      case Operation(String operator, Expression left, Text(String text))
          when isOutput(left, stepId) ->
          opens(operator, text);
      case Operation(String operator, Text(String text), Expression right)
          when isOutput(right, stepId) ->
          opens(operator, text);
      default -> Optional.empty();
    };
  }

  /**
   * An output that is missing is the empty text, which must never open on a hit. GitHub compares
   * texts without regard to case, and a text with {@code true} not at all.
   */
  private static Optional<Opens> opens(String operator, String text) {
    if (text.equalsIgnoreCase("true")) {
      return switch (operator) {
        case "!=" -> Optional.of(Opens.FOR_A_SCAN);
        case "==" -> Optional.of(Opens.ON_A_HIT);
        default -> Optional.empty();
      };
    }
    return text.equalsIgnoreCase("false") && operator.equals("==")
        ? Optional.of(Opens.FOR_A_SCAN)
        : Optional.empty();
  }

  private static boolean isOutput(Expression expression, String stepId) {
    return expression.equals(Expression.output(stepId, OUTPUT));
  }
}
