package io.github.cachemesh.core.audit;

/** What was done to a log. */
public enum AuditFault {
  /** A line is not the one that was written. */
  CHANGED,
  /** Lines are gone from the start or the middle. */
  MISSING,
  /** A line stands where another belongs, or twice. */
  REORDERED,
  /** The end is gone: lines that a head knows of, or a part of the last line. */
  CUT,
  /** Nothing in it was written with this key, or a head is not of this log. */
  REPLACED
}
