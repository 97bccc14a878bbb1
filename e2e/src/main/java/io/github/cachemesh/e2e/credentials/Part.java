package io.github.cachemesh.e2e.credentials;

/** One part of what is shown. */
@FunctionalInterface
interface Part {
  /** Shows it; whatever is thrown counts as one thing that was wrong. */
  void show(Stage stage) throws Exception;
}
