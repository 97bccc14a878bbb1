package io.github.cachemesh.e2e.credentials;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program and what stands first in its command line and environment. A run that takes longer than
 * a minute is killed and fails. Immutable.
 */
record Program(List<String> command, Map<String, String> environment) {
  private static final int TIMEOUT_SECONDS = 60;

  Program {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  static Program of(String... command) {
    return new Program(List.of(command), Map.of());
  }

  /** Of the JDK of this process, with its class path. */
  static Program java(Class<?> main) {
    return of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "-cp",
        System.getProperty("java.class.path"),
        main.getName());
  }

  Program with(String variable, String value) {
    Map<String, String> all = new HashMap<>(environment);
    all.put(variable, value);
    return new Program(command, all);
  }

  Program and(String... arguments) {
    List<String> all = new ArrayList<>(command);
    all.addAll(List.of(arguments));
    return new Program(all, environment);
  }

  /** Runs it to its end, with nothing on standard input. */
  Ran run() throws IOException, InterruptedException {
    return run(new byte[0]);
  }

  /** Runs it to its end. */
  Ran run(byte[] input) throws IOException, InterruptedException {
    Path out = Files.createTempFile("out", "");
    Path err = Files.createTempFile("err", "");
    try {
      Process process = builder().redirectOutput(out.toFile()).redirectError(err.toFile()).start();
      try (OutputStream stdin = process.getOutputStream()) {
        stdin.write(input);
      } catch (IOException _) {
        // It ended without reading what it was given, and its exit code says whether that is right.
      }
      if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
        throw new IOException("still running after %d s: %s".formatted(TIMEOUT_SECONDS, command));
      }
      return new Ran(process.exitValue(), Files.readString(out), Files.readString(err));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  /** A process that is to be started. */
  ProcessBuilder builder() {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    return builder;
  }
}
