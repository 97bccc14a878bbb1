package io.github.cachemesh.core.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class MainTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void errorEndsTheProcessToo() {
    int exitCode =
        Main.exitCode(
            () -> {
              throw new NoClassDefFoundError("io/github/cachemesh/Replaced");
            },
            new PrintStream(err));

    assertThat(exitCode).isEqualTo(1);
    assertThat(err.toString()).contains("NoClassDefFoundError", "Replaced").hasLineCount(1);
  }

  @Test
  void exitCodeIsTheProgramsOwn() {
    assertThat(Main.exitCode(() -> 2, new PrintStream(err))).isEqualTo(2);
  }
}
