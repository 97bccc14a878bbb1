package io.github.cachemesh.testkit.clients;

/**
 * How a client's process ended. Its output may hold what the caller passed in; it is not masked.
 *
 * @param exitCode 0 for success
 * @param stdout what it printed, as UTF-8
 * @param stderr what it complained of, as UTF-8
 */
public record ClientRun(int exitCode, String stdout, String stderr) {

  /** Whether it exited with 0. */
  public boolean succeeded() {
    return exitCode == 0;
  }

  /**
   * What it printed.
   *
   * @throws IllegalStateException with its complaints when it failed
   */
  public String output() {
    if (!succeeded()) {
      throw new IllegalStateException("Exit code " + exitCode + ": " + stderr + stdout);
    }
    return stdout;
  }
}
