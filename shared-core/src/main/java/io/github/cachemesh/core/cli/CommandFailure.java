package io.github.cachemesh.core.cli;

import picocli.CommandLine.ExitCode;

/** A command cannot do what it was told; the message, one line, says why and what to do. */
final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int exitCode;

  private CommandFailure(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /** The options or the configuration are wrong. */
  static CommandFailure usage(String message) {
    return new CommandFailure(ExitCode.USAGE, message);
  }

  static CommandFailure failed(String message) {
    return new CommandFailure(ExitCode.SOFTWARE, message);
  }

  int exitCode() {
    return exitCode;
  }
}
