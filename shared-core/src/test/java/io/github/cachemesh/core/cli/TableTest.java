package io.github.cachemesh.core.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TableTest {
  @Test
  void columnsLineUp() {
    assertThat(new Table().row("A", "LONG", "C").row("longer", 1, "").toString())
        .isEqualTo("A       LONG  C\nlonger  1     -\n");
  }

  @Test
  void storedTextCannotMoveTheCursor() {
    assertThat(new Table().row("a\u001b[2Jb\nc").toString()).isEqualTo("a?[2Jb?c\n");
  }

  @Test
  void amountsAreShort() {
    assertThat(Amounts.bytes(1023)).isEqualTo("1023 B");
    assertThat(Amounts.bytes(1536)).isEqualTo("1.5 KiB");
    assertThat(Amounts.bytes(5 << 20)).isEqualTo("5.0 MiB");
    assertThat(Amounts.time(Duration.ofSeconds(-3))).isEqualTo("0s");
    assertThat(Amounts.time(Duration.ofSeconds(61))).isEqualTo("1m 1s");
    assertThat(Amounts.time(Duration.ofHours(49))).isEqualTo("2d 1h");
  }
}
