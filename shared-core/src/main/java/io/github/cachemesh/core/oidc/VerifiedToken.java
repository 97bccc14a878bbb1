package io.github.cachemesh.core.oidc;

import java.time.Instant;

/**
 * A token that GitHub signed for this service and whose time is now: only {@link TokenVerifier}
 * makes one. Immutable.
 */
public final class VerifiedToken {
  private final TokenClaims claims;
  private final Instant acceptedUntil;

  VerifiedToken(TokenClaims claims, Instant acceptedUntil) {
    this.claims = claims;
    this.acceptedUntil = acceptedUntil;
  }

  /** What GitHub says of the job. */
  public TokenClaims claims() {
    return claims;
  }

  /** From when on the verifier denies this token: so long must its use be remembered. */
  public Instant acceptedUntil() {
    return acceptedUntil;
  }

  /** Says which job, for logs. */
  @Override
  public String toString() {
    return "VerifiedToken[" + claims + "]";
  }
}
