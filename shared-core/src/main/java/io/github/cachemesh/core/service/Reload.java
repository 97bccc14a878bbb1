package io.github.cachemesh.core.service;

/** What became of a look at files that may have changed. */
sealed interface Reload {
  /** They have not changed, or what is wrong with them was said before. */
  record Unchanged() implements Reload {}

  /** What they say now holds. */
  record Replaced() implements Reload {}

  /** What they said before goes on to hold. */
  record Refused(String problem) implements Reload {}
}
