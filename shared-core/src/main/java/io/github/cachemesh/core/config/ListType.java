package io.github.cachemesh.core.config;

import java.util.Map;

/** A list of at most {@link #MAX_ITEMS} values of one type. */
record ListType(ScalarType item) implements ValueType {
  static final int MAX_ITEMS = 1000;

  @Override
  public String allowed() {
    return "a list of at most " + MAX_ITEMS + " items";
  }

  @Override
  public Map<String, Object> schema() {
    return Map.of("type", "array", "maxItems", MAX_ITEMS, "items", item.schema());
  }
}
