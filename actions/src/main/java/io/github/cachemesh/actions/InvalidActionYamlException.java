package io.github.cachemesh.actions;

/** An action.yml that no runner would accept; the message names the key at fault. */
public final class InvalidActionYamlException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InvalidActionYamlException(String message) {
    super(message);
  }

  InvalidActionYamlException(String message, Throwable cause) {
    super(message, cause);
  }
}
