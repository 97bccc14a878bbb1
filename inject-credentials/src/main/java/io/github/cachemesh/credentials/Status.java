package io.github.cachemesh.credentials;

import java.util.Locale;

/** What the output {@code status} says. */
enum Status {
  /** The job has all that was asked for. */
  SUCCESS,
  /** Some were missing, which {@code on-missing: warn} allows. */
  PARTIAL,
  /** All were missing, which {@code on-missing: warn} allows. */
  SKIPPED,
  /** Nothing was asked for. */
  EMPTY,
  /** Something was wrong or refused: the step failed and the job has nothing of it. */
  ERROR;

  /**
   * @param injected how many credentials the job has
   * @param missing how many it does not have, and may go without
   */
  static Status of(int injected, int missing) {
    if (injected > 0) {
      return missing > 0 ? PARTIAL : SUCCESS;
    }
    return missing > 0 ? SKIPPED : EMPTY;
  }

  String output() {
    return name().toLowerCase(Locale.ROOT);
  }
}
