package io.github.cachemesh.core.config;

/** A value is not one that its key allows; the message says what is, and quotes no text. */
final class RejectedValueException extends Exception {
  private static final long serialVersionUID = 1;

  private final String reason;

  RejectedValueException(String allowed, Object found) {
    super("expected " + allowed + ", found " + found);
    this.reason = "expected " + allowed + ", found " + found;
  }

  String reason() {
    return reason;
  }
}
