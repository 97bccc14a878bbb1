package io.github.cachemesh.core.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionParserTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '"',
      value = {
        "a||b&&c ~ a || (b && c)",
        "a && b || c && d ~ (a && b) || (c && d)",
        "a == b && c ~ (a == b) && c",
        "a < b == c ~ (a < b) == c",
        "!a == b ~ (!a) == b",
        "!a.b ~ !(a.b)",
        "a == b != c ~ (a == b) != c",
        "a['b'] ~ a.b",
        "A.B['C-d'] ~ a.b.c-d",
        "fromJSON('x').y ~ FROMJSON( 'x' ).Y",
        "a[*] ~ a.*",
        "a.*.b ~ (a.*).b"
      })
  void meansTheSame(String one, String other) throws ExpressionException {
    assertThat(ExpressionParser.parse(one)).isEqualTo(ExpressionParser.parse(other));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '"',
      value = {"a && b ~ b && a", "'A' ~ 'a'", "a.b ~ a[b]", "a[0] ~ a['0']", "1 ~ '1'"})
  void doesNotMeanTheSame(String one, String other) throws ExpressionException {
    assertThat(ExpressionParser.parse(one)).isNotEqualTo(ExpressionParser.parse(other));
  }

  @Test
  void quotesAreDoubledWithinTexts() throws ExpressionException {
    assertThat(ExpressionParser.parse("format('it''s {0}', a.b, -1.5e3)"))
        .isEqualTo(
            new Expression.Call(
                "format",
                List.of(
                    new Expression.Text("it's {0}"),
                    new Expression.Member(new Expression.Context("a"), "b"),
                    new Expression.Constant("-1.5e3"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a b",
        "a &&",
        "&& a",
        "(a",
        "a)",
        "f(a",
        "f(a,)",
        "'a",
        "a.",
        "a.'b'",
        "a[",
        "a[]",
        "a & b",
        "a = b",
        "\"a\"",
        "a ? b : c",
        "${{ a }}",
        "a + b",
        "!"
      })
  void whatIsNoExpressionIsRefused(String text) {
    assertThatThrownBy(() -> ExpressionParser.parse(text)).isInstanceOf(ExpressionException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "!", "a[", "f(", "a && ", "a || b && ", "a.", "a == "})
  void depthIsBounded(String nesting) {
    assertThatThrownBy(() -> ExpressionParser.parse(nesting.repeat(51) + "a"))
        .isInstanceOf(ExpressionException.class)
        .hasMessageContaining("deeper than 50");
  }

  @Test
  void lengthIsBounded() {
    assertThatThrownBy(() -> ExpressionParser.parse(" ".repeat(21_001)))
        .hasMessageContaining("longer than 21000");
  }

  @Test
  void wideExpressionsAreNotDeep() throws ExpressionException {
    String arguments = "(a.b.c[0]), ".repeat(200);

    assertThat(ExpressionParser.parse("f(" + arguments + "z)"))
        .isInstanceOfSatisfying(
            Expression.Call.class, call -> assertThat(call.arguments()).hasSize(201));
  }

  @Property
  void anyTextIsParsedOrRefused(@ForAll @StringLength(max = 80) String text) {
    try {
      assertThat(ExpressionParser.parse(text)).isNotNull();
    } catch (ExpressionException e) {
      assertThat(e).hasMessageNotContaining("\n");
    }
  }

  @Property
  void anyTextComesBackFromItsLiteral(@ForAll String text) throws ExpressionException {
    assertThat(ExpressionParser.parse("'" + text.replace("'", "''") + "'"))
        .isEqualTo(new Expression.Text(text));
  }
}
