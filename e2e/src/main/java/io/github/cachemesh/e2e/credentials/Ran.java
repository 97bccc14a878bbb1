package io.github.cachemesh.e2e.credentials;

/**
 * How a process ended.
 *
 * @param out what it printed, as UTF-8
 * @param err what it complained of, as UTF-8
 */
record Ran(int exitCode, String out, String err) {
  boolean succeeded() {
    return exitCode == 0;
  }

  /** Whether it refused by words that hold the text; a stack trace is no refusal. */
  boolean refusedFor(String text) {
    return exitCode != 0 && err.contains(text) && !err.contains("\tat ");
  }

  /**
   * What it printed.
   *
   * @throws IllegalStateException with its complaints when it failed
   */
  String output() {
    if (!succeeded()) {
      throw new IllegalStateException("exit code %d: %s".formatted(exitCode, brief()));
    }
    return out;
  }

  /** How it ended, in one line. */
  String brief() {
    return "exit %d: %s"
        .formatted(exitCode, (err.isBlank() ? out : err).strip().replace('\n', ' '));
  }
}
