package io.github.cachemesh.core.config;

import java.util.Map;

/** What values a key may have: one, a list of them, or a map of them by name. */
sealed interface ValueType permits ScalarType, ListType, MapType {
  /** What is allowed, in words that follow "expected". */
  String allowed();

  /** The same as keywords of JSON Schema 2020-12. */
  Map<String, Object> schema();
}
