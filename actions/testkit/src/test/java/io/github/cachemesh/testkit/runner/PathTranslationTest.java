package io.github.cachemesh.testkit.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathTranslationTest {
  private static final PathTranslation TRANSLATION =
      new PathTranslation(
          List.of(Mount.of("/r/_temp/_home", "/github/home"), Mount.of("/r/_temp", "/temp")));

  @ParameterizedTest
  @CsvSource({
    "/r/_temp, /temp",
    "/r/_temp/a/b, /temp/a/b",
    "/r/_temp/_home/.config, /github/home/.config",
    "/r/_temp/_homely, /temp/_homely",
    "/r/_temporary, /r/_temporary",
    "in /r/_temp, in /r/_temp",
    "/r/_temp:/usr/bin, /r/_temp:/usr/bin",
    "/r, /r",
    "'', ''",
  })
  void onlyAWholePathIsTranslated(String value, String expected) {
    assertThat(TRANSLATION.translate(value)).isEqualTo(expected);
  }
}
