package io.github.cachemesh.actions;

/**
 * A failure the user can act upon: what is wrong, and what to do about it. The launcher shows it as
 * one error annotation without a stack trace. Neither text may hold a secret.
 */
public final class ActionFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String remedy;

  public ActionFailure(String message, String remedy) {
    super(message);
    this.remedy = remedy;
  }

  public ActionFailure(String message, String remedy, Throwable cause) {
    super(message, cause);
    this.remedy = remedy;
  }

  /** What the user can do about it. */
  public String remedy() {
    return remedy;
  }
}
