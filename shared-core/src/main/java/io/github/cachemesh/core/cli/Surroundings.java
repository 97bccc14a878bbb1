package io.github.cachemesh.core.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/**
 * What a command has of the world besides its options.
 *
 * @param environment variables by name; they hold tokens, so they are never shown
 * @param home what {@code ~} stands for
 * @param in what a node is told while it runs, or a secret
 * @param out for what was asked for, bytes or text
 * @param err for everything else
 * @param terminal where a person is asked for secrets
 */
record Surroundings(
    Map<String, String> environment,
    Path home,
    Clock clock,
    InputStream in,
    PrintStream out,
    PrintStream err,
    Terminal terminal) {

  /** Without a person. */
  Surroundings(
      Map<String, String> environment,
      Path home,
      Clock clock,
      InputStream in,
      PrintStream out,
      PrintStream err) {
    this(environment, home, clock, in, out, err, Terminal.none());
  }

  static Surroundings ofProcess() {
    return new Surroundings(
        System.getenv(),
        Path.of(System.getProperty("user.home")),
        Clock.systemUTC(),
        System.in,
        System.out,
        System.err,
        new ControllingTerminal());
  }

  @Override
  public String toString() {
    return "Surroundings";
  }
}
