package io.github.cachemesh.core.credential;

/** What somebody who asks brings forward for the scopes that they say they have. Immutable. */
public sealed interface Proof {
  /**
   * That they hold the key that opened the store: a holder's for the scopes that it was given, an
   * owner's for {@link Scope.Global}. An owner's key opens every scope and so proves none.
   */
  record HeldKey() implements Proof {}

  /** A token that was verified. */
  record VerifiedToken(VerifiedJob job) implements Proof {}

  /** Their word, which counts only where {@link StorePolicy#assertedScopes} says so. */
  record Asserted(AssertedJob job) implements Proof {}
}
