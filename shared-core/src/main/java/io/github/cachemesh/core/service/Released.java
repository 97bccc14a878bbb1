package io.github.cachemesh.core.service;

/** What became of a lease that was given back. */
public enum Released {
  /** The credential has ended, now or before. */
  REVOKED,
  /** The credential still lives, until it expires: GitHub could not be asked to end it. */
  FAILED,
  /** This service never gave out that lease. */
  UNKNOWN
}
