package io.github.cachemesh.core.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Whatever a file holds, it is read or refused with a reason. */
class YamlFuzzTest {
  @FuzzTest(maxDuration = "15s")
  void anyTextIsReadOrRefused(byte[] bytes) {
    ConfigText text = new ConfigText("fuzzed.yml", new String(bytes, UTF_8));
    try {
      Settings settings = Settings.load(TestSources.files(text, text));
      assertThat(settings.warnings()).hasSizeLessThanOrEqualTo(Problems.MAX_KEPT);
      assertThat(settings.cache().maxSize()).isPositive();
    } catch (InvalidConfigurationException e) {
      assertThat(e.problems()).isNotEmpty().hasSizeLessThanOrEqualTo(Problems.MAX_KEPT);
      assertThat(e.problems())
          .allSatisfy(problem -> assertThat(problem.toString().lines()).hasSize(1));
    }
  }
}
