package io.github.cachemesh.core.workflow;

import java.util.Set;

/** What an input of a CodeQL step means for a scan's result. */
sealed interface InputRule {

  /**
   * It decides the result: the step must be given what ours is.
   *
   * @param ours the name of our input
   */
  record Deciding(String ours) implements InputRule {}

  /** It decides nothing of the result: how fast, with whose token, where to, how long to wait. */
  record Harmless() implements InputRule {}

  /** It may be anything that stands in the workflow's text, which the recipe holds. */
  record Written() implements InputRule {}

  /** Only these values are understood; the empty one always is, as it means the default. */
  record OneOf(Set<String> values) implements InputRule {
    public OneOf {
      values = Set.copyOf(values);
    }

    boolean allows(Template found) {
      return values.stream().anyMatch(value -> found.equals(template(value)));
    }

    private static Template template(String value) {
      try {
        return Template.parse(value);
      } catch (ExpressionException e) {
        throw new IllegalStateException("the table of inputs has a value that is none", e);
      }
    }
  }

  /** Its use makes the result one that is not reused. */
  record Forbidden(String why) implements InputRule {}
}
