package io.github.cachemesh.core.oidc;

/** Ends the verification of a token at the check that it failed. */
final class DeniedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Denial reason;

  /**
   * @param detail as in {@link Verification.Denied}
   */
  DeniedException(Denial reason, String detail) {
    // A denial is no surprise, and nobody asks it for its stack.
    super(detail, null, false, false);
    this.reason = reason;
  }

  Verification.Denied denied() {
    return new Verification.Denied(reason, String.valueOf(getMessage()));
  }
}
