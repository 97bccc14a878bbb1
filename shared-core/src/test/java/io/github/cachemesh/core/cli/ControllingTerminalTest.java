package io.github.cachemesh.core.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A JVM at a pseudo-terminal of Python's, which types and keeps what was shown. */
@Timeout(60)
class ControllingTerminalTest {
  private static final String PERSON =
      """
      import os, pty, sys, termios
      child, terminal = pty.fork()
      if child == 0:
          if sys.argv[1] != '-':
              os.dup2(os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT, 0o600), 1)
          os.execv(sys.argv[2], sys.argv[2:])
      shown = b''
      typed = False
      while True:
          try:
              part = os.read(terminal, 1024)
          except OSError:
              break
          if not part:
              break
          shown += part
          if not typed and b'Secret: ' in shown:
              typed = True
              os.write(terminal, b'hunter2\\n')
      echo = termios.tcgetattr(terminal)[3] & termios.ECHO
      os.waitpid(child, 0)
      sys.stdout.buffer.write(shown + (b'typing is shown' if echo else b'typing is hidden'))
      """;

  @TempDir Path folder;

  /** Asks, and says on standard output how long the answer was. */
  public static void main(String[] args) throws IOException {
    ControllingTerminal terminal = new ControllingTerminal();
    String told = terminal.ask("Secret: ").map(typed -> new String(typed, UTF_8)).orElse("nobody");
    System.out.println("shown " + terminal.isShown() + ", told " + told.length());
    System.out.flush();
  }

  private String atTerminal(String output) throws Exception {
    List<String> command = new ArrayList<>(List.of("python3", "-c", PERSON, output));
    command.addAll(program());
    Process person = new ProcessBuilder(command).redirectErrorStream(true).start();
    String shown = new String(person.getInputStream().readAllBytes(), UTF_8);
    assertThat(person.waitFor()).as(shown).isZero();
    return shown;
  }

  private static List<String> program() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-cp",
        System.getProperty("java.class.path"),
        ControllingTerminalTest.class.getName());
  }

  @Test
  void typedSecretIsNotShown() throws Exception {
    String shown = atTerminal("-");

    assertThat(shown).contains("Secret: ", "shown true, told 7", "typing is shown");
    assertThat(shown).doesNotContain("hunter2");
  }

  @Test
  void personIsAskedAlsoWhereTheOutputGoesElsewhere() throws Exception {
    Path output = folder.resolve("out");

    String shown = atTerminal(output.toString());

    assertThat(shown).contains("Secret: ").doesNotContain("hunter2");
    assertThat(Files.readString(output)).isEqualTo("shown false, told 7\n");
  }

  @Test
  void nobodyIsAskedWhereThereIsNoTerminal() throws Exception {
    List<String> command = new ArrayList<>(List.of("setsid", "--wait"));
    command.addAll(program());
    Process alone = new ProcessBuilder(command).redirectErrorStream(true).start();

    assertThat(new String(alone.getInputStream().readAllBytes(), UTF_8))
        .isEqualTo("shown false, told 6\n");
  }
}
