package io.github.cachemesh.testkit.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretMaskerTest {
  private final SecretMasker masker = new SecretMasker(Flavour.SELF_HOSTED);

  @Test
  void everyOccurrenceIsReplaced() {
    masker.add("abcd");
    assertThat(masker.mask("abcd-abcd x")).isEqualTo("***-*** x");
  }

  @Test
  void overlappingSecretsBecomeOne() {
    masker.add("abcd");
    masker.add("cdef");
    assertThat(masker.mask("<abcdef>")).isEqualTo("<***>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "u", "us"})
  void base64IsKnownAtEveryOffset(String before) {
    masker.add("s3cret-value");
    String encoded =
        Base64.getEncoder()
            .encodeToString((before + "s3cret-value").getBytes(StandardCharsets.UTF_8));
    assertThat(masker.mask(encoded)).contains("***");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\\\"b&c d", "a%22b%26c%20d", "a&quot;b&amp;c d"})
  void escapedFormsAreKnown(String form) {
    masker.add("a\"b&c d");
    assertThat(masker.mask("<" + form + ">")).isEqualTo("<***>");
  }

  @Test
  void linesOfASecretAreSecretsEvenShortOnes() {
    masker.add("{\n  key\n}");
    assertThat(masker.mask("{ key }")).isEqualTo("*** *** ***");
  }

  @Test
  void aBlankValueIsNoSecret() {
    masker.add("  \n");
    assertThat(masker.mask("a  \nb")).isEqualTo("a  \nb");
  }

  @Test
  void actReplacesSecretsAsTheyAreOneAfterTheOther() {
    SecretMasker act = new SecretMasker(Flavour.ACT);
    act.add("abcd");
    act.add("abcdef");
    act.add("x\ny");
    assertThat(act.mask("abcdef YWJjZA== y")).isEqualTo("***ef YWJjZA== y");
  }
}
