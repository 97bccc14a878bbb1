package io.github.cachemesh.core.git;

/** A doubt that ends an examination. */
final class Finding extends Exception {
  private static final long serialVersionUID = 1L;

  private final Unfitness reason;

  Finding(Unfitness reason, String detail) {
    super(detail, null, false, false);
    this.reason = reason;
  }

  Unfitness reason() {
    return reason;
  }

  String detail() {
    return String.valueOf(getMessage());
  }

  CheckoutState.Unfit asState() {
    return new CheckoutState.Unfit(reason, detail());
  }
}
