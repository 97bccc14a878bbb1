package io.github.cachemesh.testkit.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkflowCommandTest {
  @Test
  void propertiesAndDataAreUnescaped() {
    assertThat(parse("::error title=a%3Ab%2Cc,line=3::50%25 of%0Ait"))
        .contains(
            new WorkflowCommand("error", Map.of("title", "a:b,c", "line", "3"), "50% of\nit"));
  }

  @Test
  void anEscapedEscapeStaysText() {
    assertThat(parse("::debug::%250A").orElseThrow().data()).isEqualTo("%0A");
  }

  @Test
  void dataMayHoldColons() {
    assertThat(parse("  ::add-mask::a::b"))
        .contains(new WorkflowCommand("add-mask", Map.of(), "a::b"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "::", "text ::debug::x", "::debug:x", ":debug::"})
  void otherLinesAreNone(String line) {
    assertThat(parse(line)).isEmpty();
  }

  @Test
  void actTakesColonsInTheDataForTheEndOfTheName() {
    assertThat(WorkflowCommand.parse("::add-mask::a::b", Flavour.ACT))
        .contains(new WorkflowCommand("add-mask::a", Map.of(), "b"));
    assertThat(WorkflowCommand.parse("::error title=a::b:c%0A", Flavour.ACT))
        .contains(new WorkflowCommand("error", Map.of("title", "a"), "b:c\n"));
  }

  private static Optional<WorkflowCommand> parse(String line) {
    return WorkflowCommand.parse(line, Flavour.GITHUB_HOSTED);
  }
}
