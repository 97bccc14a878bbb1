package io.github.cachemesh.core.oidc;

/** Why a token is denied: the first check that it failed. */
public enum Denial {
  /** It is no signed JWT of a bounded length, or a claim has another form than GitHub's have. */
  MALFORMED,
  /** It is not signed by RS256, the only algorithm of GitHub's issuer. */
  ALGORITHM,
  /** It names no key, or one that the issuer does not have. */
  KEY_ID,
  /** The issuer's keys could not be had, so that nothing can be said about it. */
  KEYS_UNAVAILABLE,
  /** The issuer's key did not sign these bytes. */
  SIGNATURE,
  /** A claim that every token of GitHub's has is not there. */
  MISSING_CLAIM,
  /** Another issuer made it. */
  ISSUER,
  /** It was made for another service, or for another key of the asker. */
  AUDIENCE,
  /** Its time is over. */
  EXPIRED,
  /** Its time has not begun, or it was issued in the future. */
  NOT_YET_VALID,
  /** It was issued too long ago, whatever its own time of expiry. */
  TOO_OLD
}
