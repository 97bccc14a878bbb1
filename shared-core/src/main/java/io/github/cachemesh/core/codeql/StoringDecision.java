package io.github.cachemesh.core.codeql;

import java.util.Optional;

/** Whether the result of a scan is stored. */
public sealed interface StoringDecision {
  /**
   * @param partial set when the results are those of a change only
   */
  record Store(Optional<Partial> partial) implements StoringDecision {}

  record Refuse(Refusal refusal) implements StoringDecision {}

  /**
   * Nothing is stored, and what is stored of the assumed key goes: it was not this key's scan that
   * ran, so that earlier ones may not have been either.
   */
  record Revoke(Refusal refusal) implements StoringDecision {}

  /** Decides; pure. */
  static StoringDecision of(ScanOutcome outcome) {
    return new StoringRules(outcome).judge();
  }
}
