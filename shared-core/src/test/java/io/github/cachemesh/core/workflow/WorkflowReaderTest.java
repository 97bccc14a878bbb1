package io.github.cachemesh.core.workflow;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.cachemesh.core.workflow.YamlValue.Mapping;
import io.github.cachemesh.core.workflow.YamlValue.Text;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkflowReaderTest {
  @Test
  void aliasesStandForTheirAnchors() throws InvalidWorkflowException {
    Mapping read = read("a: &x {b: [1]}\nc: *x\n");

    assertThat(read.get("c")).isEqualTo(read.get("a")).isPresent();
  }

  @Test
  void laterAnchorOfOneNameHoldsFromThereOn() throws InvalidWorkflowException {
    assertThat(read("a: &x 1\nb: *x\nc: &x 2\nd: *x\n").get("d"))
        .hasValueSatisfying(value -> assertThat(((Text) value).text()).isEqualTo("2"));
  }

  @Test
  void onIsAKeyLikeAnyOther() throws InvalidWorkflowException {
    assertThat(read("on: push").members()).containsKey("on");
  }

  static final Arguments[] invalid = {
    Arguments.of("a: b\n c: d", 2, "not YAML"),
    Arguments.of("a: 1\nb: 2\na: 3", 3, "a key is there twice"),
    Arguments.of("a: 1\n---\nb: 2", 3, "another one"),
    Arguments.of("- a", 1, "expected a mapping"),
    Arguments.of("", 1, "expected a mapping"),
    Arguments.of("a: *b", 1, "an alias that stands for nothing"),
    Arguments.of("a: &b [*b]", 1, "an alias that stands for nothing"),
    Arguments.of("a: &b c\n*b : d", 2, "an alias that stands for nothing or is a key"),
    Arguments.of("a: &b {c: d}\ne:\n  <<: *b", 3, "merge keys"),
    Arguments.of("[a]: b", 1, "expected a text as key"),
    Arguments.of("a: !!str b", 1, "tags"),
    Arguments.of("a: !custom {}", 1, "tags"),
    Arguments.of("a: \"\\UFFFFFFFF\"", 1, "not YAML"),
    Arguments.of("a: " + "[".repeat(60) + "]".repeat(60), 1, "deeper than 50"),
    Arguments.of("[".repeat(100_000), 1, "deeper than 50"),
    Arguments.of("a: " + "x".repeat(WorkflowReader.MAX_CHARS), 1, "larger than"),
    Arguments.of(laughs(), 8, "larger than"),
    Arguments.of(ladder(), 50, "deeper than 50")
  };

  /** Nine levels of ten aliases each: a billion nodes. */
  private static String laughs() {
    return IntStream.range(0, 12)
        .mapToObj(
            i ->
                "a" + i + ": &a" + i + " [" + ("*a" + (i - 1) + ",").repeat(i == 0 ? 0 : 10) + "x]")
        .collect(joining("\n"));
  }

  /** Every alias is one level deeper. */
  private static String ladder() {
    return "a0: &a0 [x]\n"
        + IntStream.range(1, 60)
            .mapToObj(i -> "a" + i + ": &a" + i + " [*a" + (i - 1) + "]")
            .collect(joining("\n"));
  }

  @ParameterizedTest
  @FieldSource
  void invalid(String text, int line, String why) {
    assertThatExceptionOfType(InvalidWorkflowException.class)
        .isThrownBy(() -> read(text))
        .withMessageStartingWith("w.yml:" + line + ": ")
        .withMessageContaining(why)
        .satisfies(e -> assertThat(e.line()).isEqualTo(line));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '"',
      value = {
        "a ~ a",
        "'true' ~ true",
        "True ~ true",
        "FALSE ~ false",
        "12 ~ 12",
        "-3 ~ -3",
        "0 ~ 0",
        "2.25.6 ~ 2.25.6",
        "1_000 ~ 1_000",
        "yes ~ yes",
        "'2.20' ~ 2.20",
        "'null' ~ null"
      })
  void scalarsHaveTheTextThatTheRunnerPassesOn(String written, String passed)
      throws InvalidWorkflowException {
    assertThat(text(written).string()).contains(passed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "~", "null", "Null", "NULL"})
  void nothingIsTheEmptyText(String written) throws InvalidWorkflowException {
    assertThat(text(written).string()).contains("");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2.20",
        "1e3",
        "007",
        "0x1F",
        "0o17",
        "+1",
        "-0",
        ".5",
        ".inf",
        "-.INF",
        ".nan",
        "1234567890123456"
      })
  void textOfOtherNumbersIsNotKnown(String written) throws InvalidWorkflowException {
    assertThat(text(written).string()).isEmpty();
  }

  private static Text text(String written) throws InvalidWorkflowException {
    return (Text) read("a: " + written).get("a").orElseThrow();
  }

  private static Mapping read(String text) throws InvalidWorkflowException {
    return WorkflowReader.read(text, "w.yml");
  }
}
