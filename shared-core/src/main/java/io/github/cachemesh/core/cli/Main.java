package io.github.cachemesh.core.cli;

import java.io.PrintStream;
import java.util.function.IntSupplier;
import picocli.CommandLine.ExitCode;

/** Where the {@code cachemesh} program begins. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(
        exitCode(() -> CommandTree.of(Surroundings.ofProcess()).execute(arguments), System.err));
  }

  /**
   * The program's exit code; for an {@link Error} too, such as that of a node whose jar was
   * replaced under it: the threads of a broken node would keep the process for ever.
   */
  static int exitCode(IntSupplier program, PrintStream err) {
    try {
      return program.getAsInt();
    } catch (Error e) {
      err.println("cachemesh: internal error: " + e);
      return ExitCode.SOFTWARE;
    }
  }
}
