package io.github.cachemesh.core.envelope;

import java.security.GeneralSecurityException;

/**
 * What was given is refused and nothing of it was used. The message names it and holds nothing
 * secret, nor bytes of what was refused.
 */
public final class EnvelopeException extends GeneralSecurityException {
  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Fault {
    /** It does not have its form. */
    MALFORMED,
    /** A parameter is outside its bounds; no work was done with it. */
    OUT_OF_BOUNDS,
    /** It was made for another key, which is named where it can be. */
    OTHER_KEY,
    /** It was changed or moved from where it belongs, or the key is wrong: these look the same. */
    NOT_AUTHENTIC
  }

  private final Fault fault;

  EnvelopeException(Fault fault, String message) {
    super(message);
    this.fault = fault;
  }

  /** What a constructor refused of what was not the caller's own. */
  EnvelopeException(Fault fault, IllegalArgumentException refusal) {
    super(refusal.getMessage());
    this.fault = fault;
  }

  /** Why it is refused. */
  public Fault fault() {
    return fault;
  }
}
