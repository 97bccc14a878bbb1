package io.github.cachemesh.core.workflow;

/** A text is no expression that we understand. */
final class ExpressionException extends Exception {
  private static final long serialVersionUID = 1;

  ExpressionException(String message) {
    super(message);
  }
}
