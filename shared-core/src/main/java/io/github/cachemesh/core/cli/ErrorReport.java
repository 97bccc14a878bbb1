package io.github.cachemesh.core.cli;

import io.github.cachemesh.core.config.InvalidConfigurationException;
import io.github.cachemesh.core.config.Problem;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns failures into lines on standard error; the stack trace only where it is asked for. */
final class ErrorReport implements IExecutionExceptionHandler, IParameterExceptionHandler {
  private final PrintStream err;

  ErrorReport(PrintStream err) {
    this.err = err;
  }

  @Override
  public int handleParseException(ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    print("%s (see %s --help)".formatted(describe(e), command.getCommandSpec().qualifiedName()));
    return ExitCode.USAGE;
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult arguments) {
    if (e instanceof ParameterException wrongUse) {
      return handleParseException(wrongUse, new String[0]);
    }
    lines(e).forEach(this::print);
    if (command.getCommandSpec().root().userObject() instanceof Cachemesh top && top.verbose) {
      e.printStackTrace(err);
    }
    return switch (e) {
      case CommandFailure failure -> failure.exitCode();
      case InvalidConfigurationException _ -> ExitCode.USAGE;
      default -> ExitCode.SOFTWARE;
    };
  }

  private static List<String> lines(Exception e) {
    return switch (e) {
      case CommandFailure failure -> List.of(String.valueOf(failure.getMessage()));
      case InvalidConfigurationException invalid ->
          invalid.problems().stream().map(Problem::toString).toList();
      case DescribedScan.RefusedException refused -> List.of(String.valueOf(refused.getMessage()));
      case IOException failure -> List.of(describe(failure));
      default -> List.of("internal error: " + e + " (--verbose shows where)");
    };
  }

  /** What was given and is unknown may be a secret. */
  private static String describe(ParameterException e) {
    if (!(e instanceof UnmatchedArgumentException unknown)) {
      return String.valueOf(e.getMessage());
    }
    if (unknown.isUnknownOption()) {
      return "Unknown option: '%s'"
          .formatted(unknown.getUnmatched().getFirst().replaceAll("(?s)=.*", ""));
    }
    return SecretInput.isTakenBy(e.getCommandLine().getCommandSpec())
        ? SecretInput.NEVER_AN_ARGUMENT
        : String.valueOf(e.getMessage());
  }

  /** The JDK's message of these is nothing but the file's name. */
  static String describe(IOException e) {
    return switch (e) {
      case NoSuchFileException missing -> missing.getFile() + " does not exist";
      case AccessDeniedException denied -> denied.getFile() + " may not be accessed by this user";
      case NotDirectoryException file -> file.getFile() + " is not a folder";
      case FileSystemException other when other.getReason() == null ->
          other.getFile() + ": " + other.getClass().getSimpleName();
      default -> e.getMessage() == null ? e.toString() : e.getMessage();
    };
  }

  private void print(String message) {
    err.println("cachemesh: " + message.strip().replaceAll("\\s*\\R\\s*", " "));
  }
}
