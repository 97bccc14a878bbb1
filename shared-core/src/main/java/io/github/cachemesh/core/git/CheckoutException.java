package io.github.cachemesh.core.git;

import java.io.IOException;

/** A repository cannot be opened or read. */
public final class CheckoutException extends IOException {
  private static final long serialVersionUID = 1L;

  private final Unfitness reason;

  CheckoutException(Unfitness reason, String message) {
    super(message);
    this.reason = reason;
  }

  CheckoutException(Unfitness reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** {@link Unfitness#NO_CHECKOUT} or {@link Unfitness#UNSUPPORTED}. */
  public Unfitness reason() {
    return reason;
  }
}
