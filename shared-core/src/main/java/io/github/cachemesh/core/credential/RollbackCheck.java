package io.github.cachemesh.core.credential;

/** Whether an older copy of a store would have been refused. */
public enum RollbackCheck {
  /** It would: the generation was compared with one that is known from elsewhere. */
  TOLD,

  /**
   * Nobody can tell: there is no {@link Anchor} that knows a generation, or it saw the store for
   * the first time.
   */
  UNTOLD
}
