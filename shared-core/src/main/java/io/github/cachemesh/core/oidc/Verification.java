package io.github.cachemesh.core.oidc;

/** What came of the verification of a token. */
public sealed interface Verification {
  /** The token holds. Whether it was used before is what {@link ReplayRecord} knows. */
  record Accepted(VerifiedToken token) implements Verification {}

  /**
   * The token does not hold.
   *
   * @param detail a sentence for a log: what was found, what was wanted and, where the reader can
   *     do something, what. It holds nothing of a token whose signature was not verified.
   */
  record Denied(Denial reason, String detail) implements Verification {}
}
