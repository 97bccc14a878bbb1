package io.github.cachemesh.credentials;

/** What the step does when a credential is not there. */
enum OnMissing {
  FAIL,
  /** Goes on without it. */
  WARN
}
