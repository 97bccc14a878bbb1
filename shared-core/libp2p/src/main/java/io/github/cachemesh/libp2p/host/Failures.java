package io.github.cachemesh.libp2p.host;

/** Words for failures of other people's code, whose messages may hold secrets. */
final class Failures {
  private Failures() {}

  /** The exception's class and where it was thrown, without its message. */
  static String describe(Throwable failure) {
    StackTraceElement[] trace = failure.getStackTrace();
    String name = failure.getClass().getName();
    return trace.length == 0 ? name : name + " at " + trace[0];
  }
}
