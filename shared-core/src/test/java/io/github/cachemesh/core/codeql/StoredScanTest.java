package io.github.cachemesh.core.codeql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoredScanTest {
  @Test
  void storedFormIsReadAsItWasWritten() {
    assertThat(StoredScanJson.decode(StoredScanJson.encode(Samples.stored())))
        .isEqualTo(Samples.stored());
    StoredScan partial =
        Samples.stored(Samples.key(), Samples.origin(), Samples.NOW, Optional.of(Samples.PARTIAL));
    assertThat(StoredScanJson.decode(StoredScanJson.encode(partial))).isEqualTo(partial);
  }

  @ParameterizedTest
  @EnumSource(names = {"REPOSITORY", "CATEGORY", "ANALYSIS_KEY", "MATRIX", "TOOLS"})
  void whatSaysOtherwiseThanItsKeyIsRefused(Component component) {
    ScanKey other = Samples.key().with(component, "other");
    assertThatThrownBy(() -> Samples.stored(other, Samples.origin(), Samples.NOW, Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(component.word());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "{}", "[]", "{\"key\":{}}"})
  void anythingElseIsRefused(String json) {
    assertThatThrownBy(() -> StoredScanJson.decode(json.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"origin", "category", "key", "resultsCount", "storedAt", "durationMillis"})
  void missingMemberIsRefused(String member) {
    String json = new String(StoredScanJson.encode(Samples.stored()), StandardCharsets.UTF_8);
    String cut = json.replace("\"" + member + "\":", "\"x\":");
    assertThat(cut).isNotEqualTo(json);
    assertThatThrownBy(() -> StoredScanJson.decode(cut.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
