package io.github.cachemesh.core.workflow;

import io.github.cachemesh.core.workflow.YamlValue.Mapping;
import io.github.cachemesh.core.workflow.YamlValue.Text;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * One step of a job, with nothing in it that we do not know.
 *
 * @param index within the job, from 0
 * @param with its inputs, names in lower case as the runner ignores theirs
 * @param env its own variables
 */
record Step(
    int index,
    Mapping value,
    Optional<ActionUse> uses,
    Map<String, Text> with,
    Map<String, YamlValue> env) {
  private static final Set<String> KEYS =
      Set.of(
          "continue-on-error",
          "env",
          "id",
          "if",
          "name",
          "run",
          "shell",
          "timeout-minutes",
          "uses",
          "with",
          "working-directory");

  private static final List<String> LABELS = List.of("name", "id", "uses", "run");

  static Step of(int index, YamlValue item) throws Doubt {
    if (!(item instanceof Mapping value)) {
      throw Doubt.undeclared(item.line(), "the step is no mapping");
    }
    for (String key : value.members().keySet()) {
      if (!KEYS.contains(key)) {
        throw Doubt.undeclared(value.line(), "the step's key " + Doubt.name(key) + " is not known");
      }
    }
    Optional<ActionUse> uses = text(value, "uses").map(Text::text).map(ActionUse::parse);
    return new Step(index, value, uses, with(value), members(value, "env"));
  }

  private static Map<String, Text> with(Mapping value) throws Doubt {
    Map<String, Text> inputs = new TreeMap<>();
    for (Map.Entry<String, YamlValue> input : members(value, "with").entrySet()) {
      String name = input.getKey().toLowerCase(Locale.ROOT);
      if (!(input.getValue() instanceof Text text) || inputs.put(name, text) != null) {
        throw Doubt.undeclared(
            input.getValue().line(), "the input " + Doubt.name(name) + " is not one text");
      }
    }
    return inputs;
  }

  private static Map<String, YamlValue> members(Mapping value, String key) throws Doubt {
    return switch (value.get(key).orElse(null)) {
      case null -> Map.of();
      case Mapping mapping -> mapping.members();
      case Text text when text.isNothing() -> Map.of();
      case YamlValue other -> throw Doubt.undeclared(other.line(), key + " is no mapping");
    };
  }

  private static Optional<Text> text(Mapping value, String key) throws Doubt {
    return switch (value.get(key).orElse(null)) {
      case null -> Optional.empty();
      case Text text -> Optional.of(text);
      case YamlValue other -> throw Doubt.undeclared(other.line(), key + " is no text");
    };
  }

  int line() {
    return value.line();
  }

  Optional<String> id() throws Doubt {
    return text(value, "id").map(Text::text);
  }

  Optional<Text> condition() throws Doubt {
    return text(value, "if");
  }

  /** For people: the name, else the id, else what is used or the first line that is run. */
  String label() {
    for (String key : LABELS) {
      if (value.get(key).orElse(null) instanceof Text text && !text.text().isBlank()) {
        return Doubt.name(text.text().strip().lines().findFirst().orElse(""));
      }
    }
    return "number " + (index + 1);
  }
}
