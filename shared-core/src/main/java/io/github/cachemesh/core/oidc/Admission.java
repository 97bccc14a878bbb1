package io.github.cachemesh.core.oidc;

/** Whether a token may be used now. Whoever gets another answer than {@link Fresh} denies. */
public sealed interface Admission {
  /** It was not used before, and is from now on. */
  record Fresh() implements Admission {}

  /** It was used before. */
  record Replayed() implements Admission {}

  /**
   * It cannot be recorded, so that it must not be used.
   *
   * @param detail a sentence for a log, with the remedy
   */
  record Unrecorded(String detail) implements Admission {}
}
