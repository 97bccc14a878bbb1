package io.github.cachemesh.actions;

import io.github.cachemesh.actions.ActionMetadata.Input;
import io.github.cachemesh.actions.ActionMetadata.Runs;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/**
 * Turns an action.yml into {@link ActionMetadata}. Scalars are read as text (YAML's failsafe
 * schema), since the runner passes inputs on as they were written. Bounds: 256 KiB and 10 aliases
 * to collections.
 */
final class ActionYamlReader {
  private static final int MAX_BYTES = 256 * 1024;

  private static final LoadSettings SETTINGS =
      LoadSettings.builder()
          .setLabel("action.yml")
          .setSchema(new FailsafeSchema())
          // That schema knows no null, yet the engine makes one of a document that is empty.
          .setTagConstructors(Map.of(Tag.NULL, new NullConstructor()))
          .setAllowDuplicateKeys(false)
          .setAllowRecursiveKeys(false)
          .setMaxAliasesForCollections(10)
          .setCodePointLimit(MAX_BYTES)
          .build();

  ActionMetadata read(InputStream in) {
    Map<String, ?> root = mapping("the document", load(text(in)));
    Map<String, ?> runs = mapping("runs", root.get("runs"));
    return new ActionMetadata(
        required("name", root.get("name")),
        required("description", root.get("description")),
        inputs(root.get("inputs")),
        outputs(root.get("outputs")),
        new Runs(
            required("runs.using", runs.get("using")),
            scalar("runs.image", runs.get("image")),
            scalar("runs.entrypoint", runs.get("entrypoint")),
            scalar("runs.post-entrypoint", runs.get("post-entrypoint")),
            orElse(scalar("runs.post-if", runs.get("post-if")), "always()"),
            sequence("runs.args", runs.get("args")),
            scalars("runs.env", runs.get("env"))));
  }

  private static final class NullConstructor implements ConstructNode {
    @Override
    public @Nullable Object construct(@Nullable Node node) {
      return null;
    }
  }

  private static String text(InputStream in) {
    try {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new InvalidActionYamlException("action.yml is larger than " + MAX_BYTES + " bytes");
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new InvalidActionYamlException("action.yml is not UTF-8", e);
    } catch (IOException e) {
      throw new UncheckedIOException("action.yml cannot be read", e);
    }
  }

  private static @Nullable Object load(String yaml) {
    try {
      return new Load(SETTINGS).loadFromString(yaml);
    } catch (YamlEngineException | StackOverflowError e) {
      throw new InvalidActionYamlException("action.yml is no valid YAML: " + e.getMessage(), e);
    }
  }

  private static Map<String, Input> inputs(@Nullable Object node) {
    Map<String, Input> inputs = new LinkedHashMap<>();
    if (node != null) {
      mapping("inputs", node)
          .forEach(
              (name, value) -> {
                String key = "inputs." + name;
                Map<String, ?> input = mapping(key, value);
                inputs.put(
                    name,
                    new Input(
                        name,
                        orElse(scalar(key + ".description", input.get("description")), "").strip(),
                        "true".equals(scalar(key + ".required", input.get("required"))),
                        scalar(key + ".default", input.get("default"))));
              });
    }
    return Collections.unmodifiableMap(inputs);
  }

  private static Map<String, String> outputs(@Nullable Object node) {
    Map<String, String> outputs = new LinkedHashMap<>();
    if (node != null) {
      mapping("outputs", node)
          .forEach(
              (name, value) -> {
                String key = "outputs." + name;
                Object description = mapping(key, value).get("description");
                outputs.put(name, orElse(scalar(key + ".description", description), "").strip());
              });
    }
    return Collections.unmodifiableMap(outputs);
  }

  private static Map<String, String> scalars(String key, @Nullable Object node) {
    Map<String, String> scalars = new LinkedHashMap<>();
    if (node != null) {
      mapping(key, node)
          .forEach((name, value) -> scalars.put(name, orElse(scalar(key + "." + name, value), "")));
    }
    return Collections.unmodifiableMap(scalars);
  }

  private static List<String> sequence(String key, @Nullable Object node) {
    if (node == null) {
      return List.of();
    }
    if (!(node instanceof List<?> items)) {
      throw new InvalidActionYamlException("action.yml: " + key + " must be a list");
    }
    List<String> scalars = new ArrayList<>();
    for (Object item : items) {
      scalars.add(orElse(scalar(key, item), ""));
    }
    return List.copyOf(scalars);
  }

  private static Map<String, ?> mapping(String key, @Nullable Object node) {
    if (!(node instanceof Map<?, ?> map)) {
      throw new InvalidActionYamlException("action.yml: " + key + " must be a mapping");
    }
    Map<String, @Nullable Object> mapping = new LinkedHashMap<>();
    map.forEach(
        (name, value) -> {
          if (!(name instanceof String text)) {
            throw new InvalidActionYamlException("action.yml: a key of " + key + " is no text");
          }
          mapping.put(text, value);
        });
    return mapping;
  }

  private static String required(String key, @Nullable Object node) {
    String value = scalar(key, node);
    if (value == null || value.isBlank()) {
      throw new InvalidActionYamlException("action.yml: " + key + " is missing");
    }
    return value.strip();
  }

  private static @Nullable String scalar(String key, @Nullable Object node) {
    if (node == null) {
      return null;
    }
    if (!(node instanceof String value)) {
      throw new InvalidActionYamlException("action.yml: " + key + " must be a single value");
    }
    return value;
  }

  private static String orElse(@Nullable String value, String otherwise) {
    return value == null ? otherwise : value;
  }
}
