package io.github.cachemesh.core.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads values from where there is only text: the environment, inputs, and declared defaults. */
final class NamedValues {
  private NamedValues() {}

  /** The value that the environment, else an input, has for a key; null when neither has one. */
  static @Nullable FoundValue read(
      Declaration.Key key, SettingsSources sources, Problems problems) {
    String variable = sources.environment().getOrDefault(key.env(), "");
    if (!variable.isBlank()) {
      return decoded(key, variable, new Origin.Environment(key.env()), problems);
    }
    String input = sources.inputs().getOrDefault(key.input(), "");
    if (!input.isBlank()) {
      return decoded(key, input, new Origin.Input(key.input()), problems);
    }
    return null;
  }

  private static @Nullable FoundValue decoded(
      Declaration.Key key, String text, Origin origin, Problems problems) {
    try {
      return new FoundValue(decode(key.type(), text.strip()), origin);
    } catch (RejectedValueException e) {
      problems.error(origin, key.path(), e.reason());
      return null;
    }
  }

  /** The declared default. */
  static FoundValue preset(Declaration.Key key) {
    try {
      Object value = key.optional() ? null : decode(key.type(), key.preset());
      return new FoundValue(value, new Origin.Preset());
    } catch (RejectedValueException e) {
      throw new IllegalStateException("the default of " + key.path() + " is not allowed", e);
    }
  }

  private static Object decode(ValueType type, String text) throws RejectedValueException {
    return switch (type) {
      case ScalarType scalar -> scalar.decode(Word.untyped(text));
      case ListType list -> {
        List<Object> values = new ArrayList<>();
        for (String item : items(text, ListType.MAX_ITEMS, type)) {
          values.add(list.item().decode(Word.untyped(item)));
        }
        yield values;
      }
      case MapType map -> {
        Map<String, Object> values = new LinkedHashMap<>();
        for (String item : items(text, MapType.MAX_ITEMS, type)) {
          int equals = item.indexOf('=');
          if (equals < 0) {
            throw new RejectedValueException("name=value", "no equals sign");
          }
          String name = item.substring(0, equals).strip();
          map.name().decode(Word.untyped(name));
          values.put(name, map.item().decode(Word.untyped(item.substring(equals + 1).strip())));
        }
        yield values;
      }
    };
  }

  private static List<String> items(String text, int most, ValueType type)
      throws RejectedValueException {
    List<String> items =
        text.lines()
            .flatMap(line -> Arrays.stream(line.split(",", most + 2)))
            .map(String::strip)
            .filter(item -> !item.isEmpty())
            .limit(most + 1L)
            .toList();
    if (items.size() > most) {
      throw new RejectedValueException(type.allowed(), "more");
    }
    return items;
  }
}
