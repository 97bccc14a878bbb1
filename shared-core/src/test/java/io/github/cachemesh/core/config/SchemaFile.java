package io.github.cachemesh.core.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The JSON schema that follows from the declaration of a configuration file. */
final class SchemaFile {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private SchemaFile() {}

  static String of(String title, Class<? extends Record> file) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("title", title);
    schema.putAll(section(Declaration.of(file)));
    return JSON.writeValueAsString(schema).replace("\r\n", "\n") + "\n";
  }

  private static Map<String, Object> section(Declaration.Section section) {
    Map<String, Object> properties = new LinkedHashMap<>();
    section
        .members()
        .forEach(
            (name, member) ->
                properties.put(
                    name,
                    switch (member) {
                      case Declaration.Section inner -> section(inner);
                      case Declaration.Key key -> key(key);
                    }));
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    schema.put("additionalProperties", false);
    schema.put("properties", properties);
    return schema;
  }

  private static Map<String, Object> key(Declaration.Key key) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("description", key.about());
    Map<String, Object> type = sorted(key.type().schema());
    if (key.optional()) {
      type.computeIfPresent("type", (_, one) -> new Object[] {one, "null"});
    }
    schema.putAll(type);
    if (!key.preset().isEmpty() && key.type() instanceof ScalarType) {
      schema.put("default", preset(key));
    }
    return schema;
  }

  private static Object preset(Declaration.Key key) {
    String preset = key.preset();
    return switch (key.type()) {
      case IntegerType _ -> Long.parseLong(preset);
      case BooleanType type when !type.onOff() -> Boolean.parseBoolean(preset);
      default -> preset;
    };
  }

  /** Keywords in alphabetical order, so that the file's bytes are always the same. */
  private static Map<String, Object> sorted(Map<?, ?> schema) {
    Map<String, Object> sorted = new TreeMap<>();
    schema.forEach(
        (keyword, value) ->
            sorted.put((String) keyword, value instanceof Map<?, ?> inner ? sorted(inner) : value));
    return sorted;
  }
}
