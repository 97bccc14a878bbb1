package io.github.cachemesh.core.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One of an enum's constants, written in lower case. */
record EnumType(List<? extends Enum<?>> constants) implements ScalarType {
  static EnumType of(Class<?> type) {
    return new EnumType(
        Arrays.stream(type.getEnumConstants())
            .<Enum<?>>map(constant -> (Enum<?>) constant)
            .toList());
  }

  @Override
  public Object decode(Word word) throws RejectedValueException {
    if (!word.isText()) {
      throw new RejectedValueException(allowed(), word.kind());
    }
    for (Enum<?> constant : constants) {
      if (written(constant).equals(word.text())) {
        return constant;
      }
    }
    throw new RejectedValueException(allowed(), "another text");
  }

  static String written(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private List<String> words() {
    return constants.stream().map(EnumType::written).toList();
  }

  @Override
  public String allowed() {
    return "one of " + String.join(", ", words());
  }

  @Override
  public Map<String, Object> schema() {
    return Map.of("enum", words());
  }
}
