package io.github.cachemesh.core.config;

import java.util.Map;

/** At most {@link #MAX_ITEMS} values of one type by names that the user chooses. */
record MapType(TextType name, ScalarType item) implements ValueType {
  static final int MAX_ITEMS = 1000;

  @Override
  public String allowed() {
    return "a mapping of at most " + MAX_ITEMS + " items";
  }

  @Override
  public Map<String, Object> schema() {
    return Map.of(
        "type",
        "object",
        "maxProperties",
        MAX_ITEMS,
        "propertyNames",
        name.schema(),
        "additionalProperties",
        item.schema());
  }
}
