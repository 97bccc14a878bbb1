package io.github.cachemesh.core.service;

/** Where a granted value goes in the job; a policy's grant says it, not the job. */
public enum Export {
  /** Into the environment of the later steps. */
  ENV,
  /** Into an output of the step. */
  OUTPUT,
  /** Into a file that only the job's user can read. */
  FILE
}
