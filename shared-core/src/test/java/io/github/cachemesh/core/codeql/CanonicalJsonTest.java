package io.github.cachemesh.core.codeql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CanonicalJsonTest {
  @Test
  void membersAreSortedByCodeUnitsAsInRfc8785() {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("\u20ac", "Euro Sign");
    value.put("\r", "Carriage Return");
    value.put("\ufb33", "Hebrew Letter Dalet With Dagesh");
    value.put("1", "One");
    value.put("\ud83d\ude00", "Emoji: Grinning Face");
    value.put("\u0080", "Control");
    value.put("\u00f6", "Latin Small Letter O With Diaeresis");
    assertThat(CanonicalJson.of(value))
        .isEqualTo(
            "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\","
                + "\"\u00f6\":\"Latin Small Letter O With Diaeresis\",\"\u20ac\":\"Euro Sign\","
                + "\"\ud83d\ude00\":\"Emoji: Grinning Face\","
                + "\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}");
  }

  @Test
  void onlyWhatMustBeEscapedIs() {
    assertThat(CanonicalJson.of("\u20ac$\u000f\nA'B\"\\\\\"/\u007f"))
        .isEqualTo("\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\u007f\"");
  }

  @Test
  void controlCharactersHaveOneForm() {
    assertThat(CanonicalJson.of("\b\t\n\f\r\u0000\u001f"))
        .isEqualTo("\"\\b\\t\\n\\f\\r\\u0000\\u001f\"");
  }

  @Test
  void thereIsNoWhiteSpace() {
    assertThat(CanonicalJson.of(Map.of("a", List.of(1, true, "x", Map.of()))))
        .isEqualTo("{\"a\":[1,true,\"x\",{}]}");
  }

  @Test
  void integersArePlain() {
    assertThat(CanonicalJson.of(List.of(0, -1, Long.MAX_VALUE)))
        .isEqualTo("[0,-1,9223372036854775807]");
  }

  @Test
  void mapsOfMapsAreSortedToo() {
    Map<String, Object> inner = new LinkedHashMap<>();
    inner.put("b", 1);
    inner.put("a", 2);
    assertThat(CanonicalJson.of(Map.of("x", inner))).isEqualTo("{\"x\":{\"a\":2,\"b\":1}}");
  }

  @Test
  void halfOfASurrogatePairIsRefused() {
    assertThatThrownBy(() -> CanonicalJson.of("\ud800"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
