package io.github.cachemesh.core.cli;

import io.github.cachemesh.core.credential.Credential;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/**
 * The options that say where a value comes from. Never an argument: those are for every process of
 * the machine to see.
 */
final class SecretInput {
  /** What somebody is told who gave one all the same. It is not repeated. */
  static final String NEVER_AN_ARGUMENT =
      "a value is never an argument, which every process of this machine and the shell's history"
          + " have seen now: change it where it comes from, and give the new one when asked, by"
          + " --stdin or by --from-file FILE";

  @Option(
      names = "--from-file",
      paramLabel = "FILE",
      description = "The value is what the file holds.")
  @Nullable Path file;

  @Option(names = "--stdin", description = "The value is read from standard input.")
  boolean stdin;

  @Option(
      names = "--exact",
      description =
          "Keep the line end of a value of one line, which echo and editors add. Without this it"
              + " goes; values of several lines keep theirs.")
  boolean exact;

  /** Whether a command takes a value. */
  static boolean isTakenBy(CommandSpec command) {
    return command.mixins().values().stream()
        .anyMatch(mixin -> mixin.userObject() instanceof SecretInput);
  }

  /**
   * The value, which the caller zeroes. Asks for it where no option says otherwise.
   *
   * @param what as a person is asked for it
   */
  byte[] read(String what, Surroundings surroundings) throws IOException {
    if (file != null && stdin) {
      throw CommandFailure.usage("--from-file FILE and --stdin do not go together");
    }
    byte[] value = read(surroundings, what);
    if (value.length > Credential.MAX_VALUE_BYTES) {
      Arrays.fill(value, (byte) 0);
      throw CommandFailure.usage(
          "%s has more than %d bytes".formatted(what, Credential.MAX_VALUE_BYTES));
    }
    byte[] meant = exact ? value : withoutLineEnd(value);
    if (meant.length == 0) {
      throw CommandFailure.usage("%s is empty; nothing was stored".formatted(what));
    }
    return meant;
  }

  private byte[] read(Surroundings surroundings, String what) throws IOException {
    if (file != null) {
      try (InputStream in = Files.newInputStream(file)) {
        return in.readNBytes(Credential.MAX_VALUE_BYTES + 1);
      }
    }
    if (stdin) {
      return surroundings.in().readNBytes(Credential.MAX_VALUE_BYTES + 1);
    }
    return surroundings
        .terminal()
        .ask(what + " (not shown): ")
        .orElseThrow(
            () ->
                CommandFailure.usage(
                    "there is no terminal to ask for %s: give it by --stdin or --from-file FILE"
                        .formatted(what)));
  }

  private static byte[] withoutLineEnd(byte[] value) {
    int end = value.length;
    if (end > 0 && value[end - 1] == '\n') {
      end--;
      if (end > 0 && value[end - 1] == '\r') {
        end--;
      }
    }
    for (int i = 0; i < end; i++) {
      if (value[i] == '\n') {
        return value;
      }
    }
    if (end == value.length) {
      return value;
    }
    byte[] line = Arrays.copyOf(value, end);
    Arrays.fill(value, (byte) 0);
    return line;
  }
}
