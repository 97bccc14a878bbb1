package io.github.cachemesh.images;

import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Where the builder of the images begins; the script {@code images/build} calls it. */
@Command(
    name = "images-builder",
    subcommands = {BuildCommand.class, PushCommand.class},
    mixinStandardHelpOptions = true)
public final class Main {
  Main() {}

  public static void main(String[] args) {
    CommandLine command = new CommandLine(new Main());
    command.setExecutionExceptionHandler(
        (failure, _, _) -> {
          if (!(failure instanceof IOException)) {
            throw failure;
          }
          System.err.println("images: " + failure.getMessage());
          return CommandLine.ExitCode.SOFTWARE;
        });
    System.exit(command.execute(args));
  }
}
