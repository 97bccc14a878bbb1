package io.github.cachemesh.credentials;

import io.github.cachemesh.actions.ActionMetadata;
import io.github.cachemesh.actions.ActionProcess;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/**
 * The action as a process whose main is gone in the middle, as by {@code kill -9}: each entry of
 * the runner's files takes random bytes for its delimiter, and one of them ends the process.
 */
final class DyingMain {
  static final String ENTRIES = "entries";

  private DyingMain() {}

  public static void main(String... args) throws IOException {
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    int entries = args[0].equals("main") ? Integer.getInteger(ENTRIES) : Integer.MAX_VALUE;
    try (InputStream actionYml = Main.class.getResourceAsStream("action.yml")) {
      System.exit(
          new ActionProcess(
                  Main.action(),
                  ActionMetadata.read(actionYml),
                  System.getenv(),
                  out,
                  new Mortal(entries))
              .run(args));
    }
  }

  private static final class Mortal implements RandomGenerator {
    private final RandomGenerator random = RandomGenerator.getDefault();
    private int left;

    Mortal(int entries) {
      this.left = entries;
    }

    @Override
    public long nextLong() {
      return random.nextLong();
    }

    @Override
    public void nextBytes(byte[] bytes) {
      if (left-- == 0) {
        Runtime.getRuntime().halt(137);
      }
      random.nextBytes(bytes);
    }
  }
}
