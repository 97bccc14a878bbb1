package io.github.cachemesh.core.codeql;

/** The steps of {@link SkipDecision#decide}. */
record Deciding(Evidence evidence) {
  SkipDecision decide() {
    throw new UnsupportedOperationException();
  }
}
