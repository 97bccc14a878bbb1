package io.github.cachemesh.actions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActionMetadataTest {
  private final ActionMetadata metadata = TestAction.metadata();

  @Test
  void scalarsStayTheTextThatWasWritten() {
    assertThat(metadata.input("cache-size").defaultValue()).isEqualTo("0100");
    assertThat(metadata.input("enable peers").defaultValue()).isEqualTo("True");
    assertThat(metadata.runs().env()).containsEntry("LEVEL", "1.0");
  }

  @Test
  void inputsKeepTheirOrder() {
    assertThat(metadata.inputs().keySet())
        .containsExactly("github-token", "cache-size", "enable peers", "hosts", "freshness", "key");
  }

  @Test
  void runsSaysHowTheActionStarts() {
    assertThat(metadata.runs().using()).isEqualTo("docker");
    assertThat(metadata.runs().entrypoint()).isEqualTo("/app/main");
    assertThat(metadata.runs().postEntrypoint()).isEqualTo("/app/post");
    assertThat(metadata.runs().args()).isEqualTo(List.of("${{ runner.temp }}"));
  }

  @Test
  void postRunsAlwaysUnlessDeclaredOtherwise() {
    assertThat(metadata.runs().postIf()).isEqualTo("always()");
    assertThat(TestAction.read(TestAction.YAML + "  post-if: success()\n").runs().postIf())
        .isEqualTo("success()");
  }

  @Test
  void variableReplacesSpacesAndKeepsHyphens() {
    assertThat(metadata.input("enable peers").variable()).isEqualTo("INPUT_ENABLE_PEERS");
    assertThat(metadata.input("github-token").variable()).isEqualTo("INPUT_GITHUB-TOKEN");
  }

  @Test
  void anUndeclaredInputIsAMistakeOfTheProgram() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> metadata.input("cachesize"))
        .withMessageContaining("cachesize");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name: a                                             | runs must be a mapping",
        "{name: a, description: b, runs: {image: c}}         | runs.using is missing",
        "{description: b, runs: {using: docker}}             | name is missing",
        "{name: [a], description: b, runs: {using: docker}}  | name must be a single value",
        "{name: a, description: b, runs: {using: docker}, inputs: [x]} | inputs must be a mapping",
        "{name: a, description: b, runs: {using: docker}, inputs: {x: y}}"
            + " | inputs.x must be a mapping",
        "{name: a, description: b, runs: {using: docker, args: x}} | runs.args must be a list",
        "{name: a, name: b}                                  | no valid YAML",
        "'[\"unclosed'                                       | no valid YAML",
        "''                                                  | the document must be a mapping",
      })
  void whatIsWrongIsNamed(String yaml, String problem) {
    assertThatExceptionOfType(InvalidActionYamlException.class)
        .isThrownBy(() -> TestAction.read(yaml))
        .withMessageContaining(problem);
  }

  @Test
  void aHugeFileIsRefused() {
    byte[] huge = ("name: " + "a".repeat(300_000)).getBytes(StandardCharsets.UTF_8);
    assertThatExceptionOfType(InvalidActionYamlException.class)
        .isThrownBy(() -> ActionMetadata.read(new ByteArrayInputStream(huge)))
        .withMessageContaining("larger than");
  }

  @Test
  void bytesThatAreNotUtf8AreRefused() {
    byte[] latin1 = "name: caf\u00e9".getBytes(StandardCharsets.ISO_8859_1);
    assertThatExceptionOfType(InvalidActionYamlException.class)
        .isThrownBy(() -> ActionMetadata.read(new ByteArrayInputStream(latin1)))
        .withMessageContaining("UTF-8");
  }
}
