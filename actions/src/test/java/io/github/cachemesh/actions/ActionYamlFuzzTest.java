package io.github.cachemesh.actions;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;

class ActionYamlFuzzTest {
  @FuzzTest(maxDuration = "60s")
  void anyBytesAreReadOrRefusedByName(byte[] bytes) {
    try {
      ActionMetadata.read(new ByteArrayInputStream(bytes));
    } catch (InvalidActionYamlException _) {
      // The one allowed way to refuse.
    }
  }
}
