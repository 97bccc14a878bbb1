package io.github.cachemesh.testkit.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvFileTest {
  private final Map<String, String> entries = new LinkedHashMap<>();

  @Test
  void theFirstSignDecidesOnTheForm() {
    parse("a=b<<c\nd<<e=f\ng\ne=f\n");
    assertThat(entries).containsExactly(Map.entry("a", "b<<c"), Map.entry("d", "g"));
  }

  @Test
  void aValueMayBeEmptyOrHaveBlankLines() {
    parse("a=\nb<<E\nE\nc<<E\n\n\nx\n\nE");
    assertThat(entries)
        .containsExactly(Map.entry("a", ""), Map.entry("b", ""), Map.entry("c", "\n\nx\n"));
  }

  @Test
  void carriageReturnsBelongToTheValue() {
    parse("a=1\r\nb<<E\nx\r\nE\n");
    assertThat(entries).containsExactly(Map.entry("a", "1\r"), Map.entry("b", "x\r"));
  }

  @Test
  void aByteOrderMarkIsSkippedOnce() {
    parse("\uFEFFa=\uFEFF\n");
    assertThat(entries).containsExactly(Map.entry("a", "\uFEFF"));
  }

  @Test
  void theLastValueOfANameCounts() {
    parse("a=1\na=2\n");
    assertThat(entries).containsExactly(Map.entry("a", "2"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain",
        "=value",
        "<<E\nx\nE\n",
        "a<<\nx\n\n",
        "a<<E\nx\n",
        "a<<E\nx",
        "a<<E",
        "a<<E\nx\nE \n",
        "a<<E\r\nx\nE\n",
      })
  void whatIsNoEntryIsRefused(String text) {
    assertThatExceptionOfType(MalformedEnvFileException.class).isThrownBy(() -> parse(text));
    assertThat(entries).isEmpty();
  }

  @Test
  void whatStandsBeforeAMalformedLineCounts() {
    assertThatExceptionOfType(MalformedEnvFileException.class)
        .isThrownBy(() -> parse("a=1\nbroken\nb=2\n"));
    assertThat(entries).containsExactly(Map.entry("a", "1"));
  }

  @Test
  void blankLinesAreSkippedByTheRunnerAndRefusedByAct() {
    parse("a=1\n\nb=2\n");
    assertThat(entries).hasSize(2);
    assertThatExceptionOfType(MalformedEnvFileException.class)
        .isThrownBy(() -> EnvFile.parse("a=1\n\nb=2\n", Flavour.ACT, (_, _) -> {}))
        .withMessageContaining("blank line");
  }

  private void parse(String text) {
    EnvFile.parse(text, Flavour.SELF_HOSTED, entries::put);
  }
}
