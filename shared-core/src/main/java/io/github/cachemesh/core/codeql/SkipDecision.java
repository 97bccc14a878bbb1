package io.github.cachemesh.core.codeql;

/**
 * Whether a stored result stands for the scan: a pure function of the evidence. Any doubt means
 * scan.
 */
public sealed interface SkipDecision {
  /** Exactly one. */
  Reason reason();

  /** One sentence for people. */
  String detail();

  record Skip(StoredScan scan, Reason reason, String detail) implements SkipDecision {}

  record Scan(Reason reason, String detail) implements SkipDecision {}

  /**
   * Decides. The checks come in the order of {@link Evidence}: what is cheap and certain first,
   * what asks GitHub last.
   */
  static SkipDecision decide(Evidence evidence) {
    return new Deciding(evidence).decide();
  }
}
