package io.github.cachemesh.testkit.runner;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

class EnvFileFuzzTest {
  @FuzzTest(maxDuration = "60s")
  void anyTextIsReadOrRefused(FuzzedDataProvider data) {
    Flavour flavour = data.pickValue(Flavour.values());
    try {
      EnvFile.parse(
          data.consumeRemainingAsString(),
          flavour,
          (name, _) -> {
            if (name.isEmpty() || name.contains("\n")) {
              throw new AssertionError("no name: '" + name + "'");
            }
          });
    } catch (MalformedEnvFileException _) {
      // The one allowed way to refuse.
    }
  }
}
