package io.github.cachemesh.actions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InputsTest {
  enum Freshness {
    REVALIDATE,
    TTL_ONLY
  }

  @Test
  void valuesAreTrimmed() {
    assertThat(inputs("INPUT_KEY", " \t k1\n").required("key")).isEqualTo("k1");
  }

  @Test
  void aMissingRequiredInputQuotesItsDescription() {
    assertFailure(() -> inputs("INPUT_KEY", "  ").required("key"), "'key' is required")
        .satisfies(
            failure -> assertThat(failure.remedy()).contains("'key'", "The key to seal with."));
  }

  @Test
  void theDefaultHoldsWhereTheRunnerPassesNothing() {
    assertThat(new Inputs(TestAction.metadata(), Map.of()).integer("cache-size", 1, 5000))
        .isEqualTo(100);
  }

  @Test
  void aDefaultThatOnlyTheRunnerCanEvaluateIsNoValue() {
    assertThat(new Inputs(TestAction.metadata(), Map.of()).optional("github-token")).isEmpty();
  }

  @Test
  void anInputGivenAsEmptyDoesNotFallBackToItsDefault() {
    assertThat(inputs("INPUT_CACHE-SIZE", "").optional("cache-size")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "True", "TRUE"})
  void yamlSpellingsOfTrue(String value) {
    assertThat(inputs("INPUT_ENABLE_PEERS", value).bool("enable peers")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"false", "False", "FALSE"})
  void yamlSpellingsOfFalse(String value) {
    assertThat(inputs("INPUT_ENABLE_PEERS", value).bool("enable peers")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"yes", "1", "tRUE", "on", "truefalse"})
  void otherSpellingsAreNoBooleans(String value) {
    assertFailure(
        () -> inputs("INPUT_ENABLE_PEERS", value).bool("enable peers"),
        "Input 'enable peers' must be true or false, not '" + value + "'.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "5001", "abc", "1.5", "99999999999999999999", "0x10"})
  void numbersOutOfRangeNameTheRange(String value) {
    assertFailure(
        () -> inputs("INPUT_CACHE-SIZE", value).integer("cache-size", 1, 5000),
        "Input 'cache-size' must be a whole number from 1 to 5000, not '" + value + "'.");
  }

  @Test
  void theEndsOfARangeBelongToIt() {
    assertThat(inputs("INPUT_CACHE-SIZE", "1").integer("cache-size", 1, 5000)).isEqualTo(1);
    assertThat(inputs("INPUT_CACHE-SIZE", "5000").integer("cache-size", 1, 5000)).isEqualTo(5000);
  }

  @Test
  void listsAreSeparatedByLinesAndCommas() {
    assertThat(inputs("INPUT_HOSTS", " a.com, b.com\n\n,c.com\r\nd.com,").list("hosts"))
        .containsExactly("a.com", "b.com", "c.com", "d.com");
  }

  @Test
  void aListThatIsNotGivenIsEmpty() {
    assertThat(inputs("INPUT_HOSTS", "").list("hosts")).isEmpty();
  }

  @Test
  void choicesAreConstantsInLowerCaseWithHyphens() {
    assertThat(inputs("INPUT_FRESHNESS", "ttl-only").choice("freshness", Freshness.class))
        .isEqualTo(Freshness.TTL_ONLY);
  }

  @Test
  void aWrongChoiceNamesTheAllowedOnes() {
    assertFailure(
        () -> inputs("INPUT_FRESHNESS", "TTL_ONLY").choice("freshness", Freshness.class),
        "Input 'freshness' must be one of revalidate, ttl-only, not 'TTL_ONLY'.");
  }

  @Test
  void aLongValueIsNotQuotedWhole() {
    assertFailure(
        () -> inputs("INPUT_CACHE-SIZE", "9".repeat(500)).integer("cache-size", 1, 5000), "…'.");
  }

  @Test
  void anUndeclaredInputIsAMistakeOfTheProgram() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> inputs("INPUT_OTHER", "x").optional("other"));
  }

  private static Inputs inputs(String variable, String value) {
    return new Inputs(TestAction.metadata(), Map.of(variable, value));
  }

  private static org.assertj.core.api.ThrowableAssertAlternative<ActionFailure> assertFailure(
      ThrowingCallable call, String message) {
    return assertThatExceptionOfType(ActionFailure.class)
        .isThrownBy(call)
        .withMessageContaining(message);
  }
}
