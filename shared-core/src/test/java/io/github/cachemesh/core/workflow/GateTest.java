package io.github.cachemesh.core.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cachemesh.core.workflow.Gate.Opens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GateTest {
  private static final String OUTPUT = "steps.cache.outputs.should-skip-scan";

  @ParameterizedTest
  @ValueSource(
      strings = {
        OUTPUT + " != 'true'",
        OUTPUT + " == 'false'",
        "!(" + OUTPUT + " == 'true')",
        "(((" + OUTPUT + " != 'true')))",
        "github.ref == 'x' && (" + OUTPUT + " != 'true' && vars.A)"
      })
  void opensForAScan(String condition) throws ExpressionException {
    assertThat(Gate.in(condition, "cache"))
        .hasValueSatisfying(gate -> assertThat(gate.opens()).isEqualTo(Opens.FOR_A_SCAN));
  }

  @ParameterizedTest
  @ValueSource(strings = {OUTPUT + " == 'true'", "!(" + OUTPUT + " != 'true')"})
  void opensOnAHit(String condition) throws ExpressionException {
    assertThat(Gate.in(condition, "cache"))
        .hasValueSatisfying(gate -> assertThat(gate.opens()).isEqualTo(Opens.ON_A_HIT));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        OUTPUT,
        "!" + OUTPUT,
        OUTPUT + " != true",
        OUTPUT + " != 'yes'",
        OUTPUT + " != 'false'",
        OUTPUT + " > 'true'",
        OUTPUT + " != 'true' || true",
        "!(" + OUTPUT + " != 'true' && true)",
        OUTPUT + " != 'true' == true",
        OUTPUT + " != 'true' && " + OUTPUT + " == 'true'",
        OUTPUT + " != 'true' && hashFiles('x')",
        "contains(" + OUTPUT + ", 'false')",
        "steps.*.outputs.should-skip-scan != 'true'",
        "steps[vars.ID].outputs.should-skip-scan != 'true'",
        "true"
      })
  void anythingElseIsNoGate(String condition) throws ExpressionException {
    assertThat(Gate.in(condition, "cache")).isEmpty();
  }

  @Test
  void orderOfConditionsDoesNotMatter() throws ExpressionException {
    assertThat(Gate.in("github.ref == 'x' && vars.A && " + OUTPUT + " != 'true'", "cache"))
        .isEqualTo(Gate.in(OUTPUT + " != 'true' && VARS.a && Github.Ref == 'x'", "cache"));
  }

  @Test
  void textAroundTheBracesIsRefusedSinceItIsAlwaysTrue() {
    assertThatThrownBy(() -> Gate.in("${{ " + OUTPUT + " != 'true' }} ", "cache"))
        .isInstanceOf(ExpressionException.class)
        .hasMessageContaining("always true");
  }
}
