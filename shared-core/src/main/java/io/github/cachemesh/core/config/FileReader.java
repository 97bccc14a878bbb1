package io.github.cachemesh.core.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Reads the values of one file by its declaration. Only what is declared is descended into, so
 * aliases cannot make the work larger than the declaration times the file.
 */
final class FileReader {
  private static final Map<Tag, Word.Kind> KINDS =
      Map.of(
          Tag.STR, Word.Kind.TEXT,
          Tag.INT, Word.Kind.INTEGER,
          Tag.FLOAT, Word.Kind.NUMBER,
          Tag.BOOL, Word.Kind.BOOLEAN,
          Tag.NULL, Word.Kind.NOTHING,
          Tag.SEQ, Word.Kind.LIST,
          Tag.MAP, Word.Kind.MAPPING);

  private final String file;
  private final Problems problems;
  private final Map<String, FoundValue> found = new LinkedHashMap<>();

  private FileReader(String file, Problems problems) {
    this.file = file;
    this.problems = problems;
  }

  /** The values by path; keys that are absent or empty are not among them. */
  static Map<String, FoundValue> read(
      ConfigText source, Declaration.Section top, Problems problems) {
    FileReader reader = new FileReader(source.file(), problems);
    YamlDocument.compose(source, problems).ifPresent(node -> reader.section(top, node));
    return reader.found;
  }

  private void section(Declaration.Section section, Node node) {
    if (isNothing(node)) {
      return;
    }
    if (!(node instanceof MappingNode mapping)) {
      reject(node, section.path(), "expected a mapping, found " + kind(node));
      return;
    }
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode name)) {
        continue;
      }
      switch (section.members().get(name.getValue())) {
        case null -> unknown(name, path(section, name), section.members().keySet());
        case Declaration.Section inner -> section(inner, tuple.getValueNode());
        case Declaration.Key key -> key(key, name, tuple.getValueNode());
      }
    }
  }

  private static String path(Declaration parent, ScalarNode name) {
    return parent.path().isEmpty() ? name.getValue() : parent.path() + "." + name.getValue();
  }

  private void unknown(ScalarNode name, String path, Collection<String> known) {
    String hint =
        NearestName.of(name.getValue(), known)
            .map(near -> "; did you mean " + near + "?")
            .orElse("");
    problems.warning(origin(name), path, "unknown key" + hint);
  }

  private void key(Declaration.Key key, ScalarNode name, Node node) {
    if (isNothing(node)) {
      return;
    }
    try {
      Object value =
          switch (key.type()) {
            case ScalarType scalar -> scalar.decode(word(node));
            case ListType list -> list(key, list, node);
            case MapType map -> map(key, map, node);
          };
      found.put(key.path(), new FoundValue(value, origin(name)));
    } catch (RejectedValueException e) {
      reject(node, key.path(), e.reason());
    }
  }

  private List<Object> list(Declaration.Key key, ListType type, Node node)
      throws RejectedValueException {
    if (!(node instanceof SequenceNode sequence)) {
      throw new RejectedValueException(type.allowed(), kind(node));
    }
    if (sequence.getValue().size() > ListType.MAX_ITEMS) {
      throw new RejectedValueException(type.allowed(), sequence.getValue().size());
    }
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < sequence.getValue().size(); i++) {
      Node item = sequence.getValue().get(i);
      try {
        values.add(type.item().decode(word(item)));
      } catch (RejectedValueException e) {
        reject(item, key.path() + "[" + i + "]", e.reason());
      }
    }
    return values;
  }

  private Map<String, Object> map(Declaration.Key key, MapType type, Node node)
      throws RejectedValueException {
    if (!(node instanceof MappingNode mapping)) {
      throw new RejectedValueException(type.allowed(), kind(node));
    }
    if (mapping.getValue().size() > MapType.MAX_ITEMS) {
      throw new RejectedValueException(type.allowed(), mapping.getValue().size());
    }
    Map<String, Object> values = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode name)) {
        continue;
      }
      try {
        type.name().decode(Word.untyped(name.getValue()));
        warnIfMistyped(key, name);
        if (!isNothing(tuple.getValueNode())) {
          values.put(name.getValue(), type.item().decode(word(tuple.getValueNode())));
        }
      } catch (RejectedValueException e) {
        reject(name, path(key, name), e.reason());
      }
    }
    return values;
  }

  /** Names of a map are free, but one close to a name of its default is most likely a slip. */
  private void warnIfMistyped(Declaration.Key key, ScalarNode name) {
    if (NamedValues.preset(key).value() instanceof Map<?, ?> preset
        && !preset.containsKey(name.getValue())) {
      NearestName.of(name.getValue(), preset.keySet().stream().map(Object::toString).toList())
          .ifPresent(
              near ->
                  problems.warning(
                      origin(name), path(key, name), "unusual name; did you mean " + near + "?"));
    }
  }

  private void reject(Node node, String path, String message) {
    problems.error(origin(node), path, message);
  }

  private Origin origin(Node node) {
    return new Origin.FileLine(file, node.getStartMark().map(YamlDocument::line).orElse(1));
  }

  private static boolean isNothing(Node node) {
    return node.getTag().equals(Tag.NULL);
  }

  private static Word word(Node node) {
    return node instanceof ScalarNode scalar
        ? new Word(scalar.getValue(), kind(node), scalar.getScalarStyle() == ScalarStyle.PLAIN)
        : new Word("", kind(node), false);
  }

  private static Word.Kind kind(Node node) {
    return KINDS.getOrDefault(node.getTag(), Word.Kind.TAGGED);
  }
}
