package io.github.cachemesh.testkit.github;

import java.time.Instant;

/** How the ETag of a reply comes about. */
sealed interface Validator {

  /** GitHub's formula over the request's varying headers and the body; see {@link EntityTag}. */
  record Formula() implements Validator {}

  /** A git object's SHA-1, the same for every caller. */
  record GitSha(String sha) implements Validator {}

  /** No ETag at all. */
  record None() implements Validator {}

  Validator FORMULA = new Formula();
  Validator NONE = new None();

  /** A moment that {@code Last-Modified} never says. */
  Instant NO_DATE = Instant.EPOCH;
}
