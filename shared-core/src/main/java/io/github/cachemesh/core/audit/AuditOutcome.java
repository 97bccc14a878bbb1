package io.github.cachemesh.core.audit;

import java.util.Locale;

/** How it ended. */
public enum AuditOutcome {
  /** It was done, or granted. */
  DONE,
  /** It was refused. */
  DENIED,
  /** There is nothing of that name. */
  NOT_FOUND,
  /** There was, and its time is over. */
  EXPIRED,
  /** It could not be done. */
  FAILED;

  /** As the log has it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
