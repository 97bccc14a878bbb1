package io.github.cachemesh.core.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;

/**
 * The terminal of the process's session, also where standard input and output go elsewhere, as in
 * {@code TOKEN=$(cachemesh credentials get TOKEN)}. There is none on Windows.
 */
final class ControllingTerminal implements Terminal {
  private static final Path DEVICE = Path.of("/dev/tty");
  private static final Path OUTPUT = Path.of("/proc/self/fd/1");

  @Override
  public Optional<byte[]> ask(String question) throws IOException {
    try (InputStream in = Files.newInputStream(DEVICE)) {
      // However this process ends, a terminal that shows nothing is a broken one.
      Thread restore = new Thread(ControllingTerminal::showTyping);
      Runtime.getRuntime().addShutdownHook(restore);
      try {
        hideTyping();
        print(question);
        return Optional.of(line(in));
      } finally {
        showTyping();
        Runtime.getRuntime().removeShutdownHook(restore);
        print("\n");
      }
    } catch (FileSystemException _) {
      return Optional.empty();
    }
  }

  private static void print(String text) throws IOException {
    Files.writeString(DEVICE, text, UTF_8, StandardOpenOption.WRITE);
  }

  private static byte[] line(InputStream in) throws IOException {
    ByteBuffer typed = ByteBuffer.allocate(MAX_ANSWER_BYTES);
    try {
      for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
        if (!typed.hasRemaining()) {
          throw new IOException(
              "more than %d bytes were typed: give it by a file".formatted(MAX_ANSWER_BYTES));
        }
        typed.put((byte) next);
      }
      return Arrays.copyOf(typed.array(), typed.position());
    } finally {
      Arrays.fill(typed.array(), (byte) 0);
    }
  }

  private static void hideTyping() throws IOException {
    if (!stty("-echo")) {
      throw new IOException("the terminal does not hide what is typed: give it by a file");
    }
  }

  private static void showTyping() {
    try {
      boolean _ = stty("echo");
    } catch (IOException _) {
      // The person sees that, and `stty sane` helps.
    }
  }

  private static boolean stty(String mode) throws IOException {
    Process stty =
        new ProcessBuilder("stty", mode)
            .redirectInput(new File(DEVICE.toString()))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      return stty.waitFor() == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while the terminal was set");
    }
  }

  @Override
  public boolean isShown() {
    try {
      String target = Files.readSymbolicLink(OUTPUT).toString();
      return target.startsWith("/dev/pts/")
          || target.startsWith("/dev/tty")
          || target.equals("/dev/console");
    } catch (IOException | UnsupportedOperationException _) {
      return System.console() != null;
    }
  }
}
