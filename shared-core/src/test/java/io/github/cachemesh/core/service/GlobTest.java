package io.github.cachemesh.core.service;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {

  @ParameterizedTest
  @CsvSource({
    "AWS_*, AWS_KEY, true",
    "AWS_*, AWS_, true",
    "AWS_*, AWS, false",
    "AWS_*, XAWS_KEY, false",
    "*, anything, true",
    "*_KEY, A_KEY_KEY, true",
    "*_KEY, A_KEYS, false",
    "a*b*c, a1b2b3c, true",
    "a*b*c, a1c2b, false",
    "A.B, AXB, false",
    "KEY, KEY, true",
    "KEY, key, false"
  })
  void starStandsForAnyCharactersAndTheRestForItself(String glob, String text, boolean matches) {
    assertThat(new Glob(glob).matches(text)).isEqualTo(matches);
  }

  @Test
  void starsThatCouldExplodeDoNot() {
    assertThat(new Glob("*a".repeat(90) + "b").matches("a".repeat(200))).isFalse();
  }
}
