package io.github.cachemesh.testkit.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionsTest {
  private final Expressions expressions =
      new Expressions(Map.of("github.token", "t$1\\", "runner.os", "Linux"));

  @Test
  void everyExpressionOfATextIsReplaced() {
    assertThat(expressions.evaluate("a ${{ github.token }}${{Runner.OS}} b"))
        .isEqualTo("a t$1\\Linux b");
  }

  @Test
  void textWithoutExpressionsStays() {
    assertThat(expressions.evaluate("$HOME {{ x }} }}")).isEqualTo("$HOME {{ x }} }}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"github.nothing", "format('{0}', 1)", "", "runner.os == 'Linux'"})
  void whatIsNotKnownIsNamed(String expression) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> expressions.evaluate("${{ " + expression + " }}"))
        .withMessageContaining(expression);
  }

  @ParameterizedTest
  @CsvSource({
    "always(), ALWAYS",
    "${{ failure() }}, FAILURE",
    "' success() ', SUCCESS",
  })
  void conditions(String text, Condition condition) {
    assertThat(Condition.parse(text)).isEqualTo(condition);
  }

  @Test
  void aConditionThatIsNotKnownIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Condition.parse("github.ref == 'x'"))
        .withMessageContaining("github.ref == 'x'");
  }
}
