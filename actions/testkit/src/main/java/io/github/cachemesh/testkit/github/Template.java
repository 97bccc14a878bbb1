package io.github.cachemesh.testkit.github;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.databind.node.ObjectNode;

/** A document in GitHub's shape, with {@code <name>} where values go; one resource file each. */
record Template(String text) {
  private static final Map<String, Template> LOADED = new ConcurrentHashMap<>();

  static Template named(String name) {
    return LOADED.computeIfAbsent(name, Template::load);
  }

  ObjectNode fill(Map<String, String> values) {
    String filled = text;
    for (Map.Entry<String, String> value : values.entrySet()) {
      String escaped =
          new String(JsonStringEncoder.getInstance().quoteAsCharArray(value.getValue()));
      filled = filled.replace("<" + value.getKey() + ">", escaped);
    }
    return (ObjectNode) Json.MAPPER.readTree(filled);
  }

  private static Template load(String name) {
    try (InputStream in = Template.class.getResourceAsStream("templates/" + name + ".json")) {
      if (in == null) {
        throw new IllegalArgumentException("There is no template " + name);
      }
      return new Template(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
