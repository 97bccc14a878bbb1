package io.github.cachemesh.core.workflow;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A value of a workflow: texts and <code>${{ }}</code> expressions in turn. Two that are equal have
 * the same value wherever their expressions do.
 */
record Template(List<Part> parts) {
  private static final String START = "${{";
  private static final String END = "}}";

  /** A piece of a template. */
  sealed interface Part {}

  record Fixed(String text) implements Part {}

  record Computed(Expression expression) implements Part {}

  Template {
    parts = List.copyOf(parts);
  }

  /**
   * @throws ExpressionException when an expression has no end or is none
   */
  static Template parse(String text) throws ExpressionException {
    List<Part> parts = new ArrayList<>();
    int position = 0;
    for (int start = text.indexOf(START); start >= 0; start = text.indexOf(START, position)) {
      if (start > position) {
        parts.add(new Fixed(text.substring(position, start)));
      }
      int end = end(text, start + START.length());
      parts.add(new Computed(ExpressionParser.parse(text.substring(start + START.length(), end))));
      position = end + END.length();
    }
    if (position < text.length()) {
      parts.add(new Fixed(text.substring(position)));
    }
    return new Template(parts);
  }

  /** Where the first end outside of quotes is. */
  private static int end(String text, int from) throws ExpressionException {
    boolean quoted = false;
    for (int i = from; i < text.length(); i++) {
      if (text.charAt(i) == '\'') {
        quoted = !quoted;
      } else if (!quoted && text.startsWith(END, i)) {
        return i;
      }
    }
    throw new ExpressionException("it has no end");
  }

  Stream<Expression> expressions() {
    return parts.stream()
        .flatMap(part -> part instanceof Computed(Expression e) ? Stream.of(e) : Stream.empty());
  }

  boolean isFixed() {
    return expressions().findAny().isEmpty();
  }

  /** The expression that is all of it. */
  Optional<Expression> only() {
    return parts.size() == 1 ? expressions().findFirst() : Optional.empty();
  }
}
