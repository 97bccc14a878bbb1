package io.github.cachemesh.testkit.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkflowCommandTest {
  @Test
  void propertiesAndDataAreUnescaped() {
    assertThat(WorkflowCommand.parse("::error title=a%3Ab%2Cc,line=3::50%25 of%0Ait"))
        .contains(
            new WorkflowCommand("error", Map.of("title", "a:b,c", "line", "3"), "50% of\nit"));
  }

  @Test
  void anEscapedEscapeStaysText() {
    assertThat(WorkflowCommand.parse("::debug::%250A").orElseThrow().data()).isEqualTo("%0A");
  }

  @Test
  void dataMayHoldColons() {
    assertThat(WorkflowCommand.parse("  ::add-mask::a::b"))
        .contains(new WorkflowCommand("add-mask", Map.of(), "a::b"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "::", "text ::debug::x", "::debug:x", ":debug::"})
  void otherLinesAreNone(String line) {
    assertThat(WorkflowCommand.parse(line)).isEmpty();
  }
}
