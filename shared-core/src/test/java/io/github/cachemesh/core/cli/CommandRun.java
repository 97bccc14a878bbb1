package io.github.cachemesh.core.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/** A command that ran in this process: what it printed and its exit code. */
record CommandRun(int exitCode, String out, String err) {

  static CommandRun of(Path home, String... arguments) {
    return of(Map.of(), home, arguments);
  }

  static CommandRun of(Map<String, String> environment, Path home, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exitCode =
        CommandTree.of(
                new Surroundings(
                    environment,
                    home,
                    Clock.systemUTC(),
                    InputStream.nullInputStream(),
                    new PrintStream(out, true, UTF_8),
                    new PrintStream(err, true, UTF_8)))
            .execute(arguments);
    return new CommandRun(exitCode, out.toString(UTF_8), err.toString(UTF_8));
  }
}
