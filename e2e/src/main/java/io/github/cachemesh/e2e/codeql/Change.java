package io.github.cachemesh.e2e.codeql;

/**
 * Something after which a scan has to run, although it did not before.
 *
 * @param reason the word that our action must give
 */
record Change(String name, String reason, Edit edit) {

  /** Makes a change. */
  @FunctionalInterface
  interface Edit {
    /** Returns what puts everything back. */
    Undo apply(Scene scene) throws Exception;
  }

  /** Puts everything back. */
  @FunctionalInterface
  interface Undo {
    void run() throws Exception;
  }
}
