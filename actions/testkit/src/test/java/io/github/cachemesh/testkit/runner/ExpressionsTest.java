package io.github.cachemesh.testkit.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.cachemesh.testkit.runner.StepResult.Outcome;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionsTest {
  private final Expressions expressions =
      new Expressions(
          Map.of("github.token", "t$1\\", "runner.os", "Linux", "steps.a-b.outputs.x", "1"),
          Set.of("secrets.", "steps.a-b.outputs."),
          Outcome.SUCCESS);

  @Test
  void everyExpressionOfATextIsReplaced() {
    assertThat(expressions.evaluate("a ${{ github.token }}${{Runner.OS}}  b"))
        .isEqualTo("a t$1\\Linux  b");
  }

  @Test
  void textWithoutExpressionsStays() {
    assertThat(expressions.evaluate("$HOME {{ x }} }}")).isEqualTo("$HOME {{ x }} }}");
  }

  @Test
  void matrixIsIndentedAsGithubIndentsIt() {
    Expressions ofJob =
        expressions.with(Map.of("matrix.os", "x", "matrix.language", "go"), Set.of());

    assertThat(ofJob.evaluate("${{ toJSON(matrix) }} ${{ matrix.os }}"))
        .isEqualTo("{\n  \"language\": \"go\",\n  \"os\": \"x\"\n} x");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          secrets.NONE || 'other'                    ~ other
          secrets.NONE || steps.a-b.outputs.x || 'c' ~ 1
          runner.os && 'yes'                         ~ yes
          secrets.NONE && 'yes'                      ~ ``
          'a' || 'b' && 'c'                          ~ a
          ('a' || 'b') && 'c'                        ~ c
          runner.os == 'LINUX'                       ~ true
          runner.os != 'Linux'                       ~ false
          !secrets.NONE                              ~ true
          !(runner.os == 'Linux')                    ~ false
          !runner.os == false                        ~ true
          secrets.NONE == null                       ~ true
          secrets.NONE == ''                         ~ true
          secrets.NONE == 'x'                        ~ false
          steps.a-b.outputs.x == true                ~ true
          runner.os == true                          ~ false
          'it''s }} here'                            ~ it's }} here
          toJSON('a "b"')                            ~ "a \\"b\\""
          toJson(secrets.NONE || 'é')                ~ "é"
          toJSON(secrets.NONE)                       ~ null
          toJSON(runner.os == 'Linux')               ~ true
          toJSON(matrix)                             ~ null
          """)
  void operatorsAreThoseOfGithub(String expression, String value) {
    assertThat(expressions.evaluate("${{ " + expression + " }}")).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "github.nothing",
        "format('{0}', 1)",
        "",
        "steps.other.outputs.x",
        "steps.a-b.outcome",
        "'a",
        "(runner.os",
        "runner.os runner.os",
        "runner.os ||",
        "runner['os']",
        "runner.os || github.nothing",
        "1",
      })
  void whatIsNotKnownIsNamed(String expression) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> expressions.evaluate("${{ " + expression + " }}"))
        .withMessageContaining(expression);
  }

  @Test
  void anExpressionThatDoesNotEndIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> expressions.evaluate("a ${{ runner.os"))
        .withMessageContaining("runner.os");
  }

  @ParameterizedTest
  @CsvSource({
    "always(),                       true, true, true",
    "${{ failure() }},               false, true, false",
    "' success() ',                  true, false, false",
    "cancelled(),                    false, false, false",
    "!cancelled(),                   true, true, true",
    "runner.os == 'Linux',           true, false, false",
    "secrets.NONE,                   false, false, false",
    "always() && secrets.NONE,       false, false, false",
    "failure() || runner.os,         true, true, true",
  })
  void conditionHoldsAfter(String condition, boolean success, boolean failure, boolean skipped) {
    assertThat(expressions.hold(condition)).isEqualTo(success);
    assertThat(expressions.after(Outcome.FAILURE).hold(condition)).isEqualTo(failure);
    assertThat(expressions.after(Outcome.SKIPPED).hold(condition)).isEqualTo(skipped);
  }

  @ParameterizedTest
  @ValueSource(strings = {"github.nothing == 'x'", "${{ runner.os }} && ${{ runner.os }}", ""})
  void aConditionThatIsNotKnownIsNamed(String condition) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> expressions.hold(condition))
        .withMessageContaining(condition.replaceAll("}}.*|\\$\\{\\{ ", "").strip());
  }
}
