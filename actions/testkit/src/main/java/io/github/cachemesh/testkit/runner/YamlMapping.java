package io.github.cachemesh.testkit.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/**
 * A mapping of a YAML file, every key of which has to be asked for: {@link #end} refuses the rest.
 * Scalars are the text that was written. Whatever is wrong is an {@link IllegalArgumentException}
 * that names the place. Bound: files of 256 KiB.
 */
final class YamlMapping {
  private static final int MAX_CHARS = 256 * 1024;

  private final String place;
  private final Map<?, ?> entries;
  private final Set<String> asked = new HashSet<>();

  private YamlMapping(String place, @Nullable Object node) {
    if (!(node instanceof Map<?, ?> map)) {
      throw new IllegalArgumentException(place + " must be a mapping");
    }
    this.place = place;
    this.entries = map;
  }

  static YamlMapping read(Path file) throws IOException {
    String name = String.valueOf(file.getFileName());
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(name)
            .setSchema(new FailsafeSchema())
            // What is left empty, for which that schema has nothing, is an empty text.
            .setTagConstructors(Map.of(Tag.NULL, _ -> ""))
            .setAllowDuplicateKeys(false)
            .setCodePointLimit(MAX_CHARS)
            .build();
    try {
      return new YamlMapping(name + ":", new Load(settings).loadFromString(Files.readString(file)));
    } catch (YamlEngineException e) {
      throw new IllegalArgumentException(name + " is no valid YAML: " + e.getMessage(), e);
    }
  }

  boolean has(String key) {
    return entries.containsKey(key);
  }

  boolean isMapping(String key) {
    return entries.get(key) instanceof Map;
  }

  /** The text of a key, which must be there. */
  String text(String key) {
    return scalar(at(key), get(key));
  }

  /** The text of a key, or another where it is missing. */
  String text(String key, String otherwise) {
    return get(key) == null ? otherwise : text(key);
  }

  /** The texts of a list, or the one that is there instead; none where the key is missing. */
  List<String> texts(String key) {
    Object node = get(key);
    if (node == null) {
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    for (Object item : node instanceof List<?> list ? list : List.of(node)) {
      texts.add(scalar(at(key), item));
    }
    return texts;
  }

  /** The texts of a mapping by key; none where it is missing. */
  Map<String, String> textByKey(String key) {
    Map<String, String> texts = new LinkedHashMap<>();
    if (get(key) != null) {
      YamlMapping mapping = new YamlMapping(at(key), get(key));
      mapping.entries.forEach(
          (name, text) -> texts.put(name.toString(), scalar(at(key) + "." + name, text)));
    }
    return texts;
  }

  /** All texts by key. */
  Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    entries.forEach((name, text) -> texts.put(name.toString(), scalar(at(name.toString()), text)));
    return texts;
  }

  /** A mapping, which must be there. */
  YamlMapping mapping(String key) {
    return new YamlMapping(at(key), get(key));
  }

  /** The mappings of a mapping by key, which must be there. */
  Map<String, YamlMapping> mappingByKey(String key) {
    Map<String, YamlMapping> mappings = new LinkedHashMap<>();
    new YamlMapping(at(key), get(key))
        .entries.forEach(
            (name, node) ->
                mappings.put(name.toString(), new YamlMapping(at(key) + "." + name, node)));
    return mappings;
  }

  /** The mappings of a list, which must be there. */
  List<YamlMapping> mappings(String key) {
    if (!(get(key) instanceof List<?> list)) {
      throw new IllegalArgumentException(at(key) + " must be a list");
    }
    List<YamlMapping> mappings = new ArrayList<>();
    for (Object item : list) {
      mappings.add(new YamlMapping(at(key) + "[" + mappings.size() + "]", item));
    }
    return mappings;
  }

  /** Accepts keys whatever they say. */
  void ignore(String... keys) {
    asked.addAll(List.of(keys));
  }

  /** Refuses the keys that nobody asked for. */
  void end() {
    for (Object key : entries.keySet()) {
      if (!(key instanceof String name && asked.contains(name))) {
        throw new IllegalArgumentException(
            place + " the emulator does not know the key '" + key + "'");
      }
    }
  }

  private @Nullable Object get(String key) {
    asked.add(key);
    return entries.get(key);
  }

  private String at(String key) {
    return place + (place.endsWith(":") ? " " : ".") + key;
  }

  private static String scalar(String place, @Nullable Object node) {
    if (!(node instanceof String text)) {
      throw new IllegalArgumentException(place + " must be a text");
    }
    return text;
  }
}
