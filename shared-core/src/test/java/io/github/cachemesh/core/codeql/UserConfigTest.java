package io.github.cachemesh.core.codeql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserConfigTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"", "- a", "text", "{", "a: b\n---\nc: d", "1: x", "name: null", "a: &x *x"})
  void whatIsNoConfigurationIsRefused(String yaml) {
    assertThat(UserConfig.parse(yaml)).isEmpty();
  }

  @Test
  void deepTextIsRefusedBeforeItIsBuilt() {
    assertThat(UserConfig.parse("name: " + "[".repeat(100_000))).isEmpty();
    assertThat(UserConfig.parse("name: " + "[".repeat(40) + "]".repeat(40))).isEmpty();
  }

  @Test
  void longTextIsRefused() {
    assertThat(UserConfig.parse("name: " + "x".repeat(UserConfig.MAX_CHARACTERS))).isEmpty();
  }

  @Test
  void manyAliasesAreRefused() {
    assertThat(UserConfig.parse("a: &a [x]\nb: [" + "*a,".repeat(1_000) + "]")).isEmpty();
  }

  @Test
  void membersThatAreNotKnownMayMove() {
    assertThat(UserConfig.parse("name: x\npaths: [src]").orElseThrow().moving()).isEmpty();
    assertThat(UserConfig.parse("imports: x").orElseThrow().moving())
        .hasValueSatisfying(detail -> assertThat(detail).contains("imports"));
  }
}
