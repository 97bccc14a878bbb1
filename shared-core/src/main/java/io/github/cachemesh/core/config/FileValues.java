package io.github.cachemesh.core.config;

import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The value in effect of every key that one file declares: environment, else input, else file, else
 * default.
 */
final class FileValues {
  private final Declaration.Section top;
  private final Map<String, FoundValue> byPath = new LinkedHashMap<>();

  private FileValues(Declaration.Section top) {
    this.top = top;
  }

  /** Looks up every declared key; whatever is wrong goes to {@code problems}. */
  static FileValues of(
      Declaration.Section file,
      @Nullable ConfigText text,
      SettingsSources sources,
      Problems problems) {
    FileValues values = new FileValues(file);
    Map<String, FoundValue> written =
        text == null ? Map.of() : FileReader.read(text, values.top, problems);
    eachKey(
        values.top,
        key -> {
          FoundValue preset = NamedValues.preset(key);
          FoundValue named = NamedValues.read(key, sources, problems);
          FoundValue chosen = named != null ? named : written.getOrDefault(key.path(), preset);
          Object value = expandHome(merge(preset.value(), chosen.value()), sources.home());
          values.byPath.put(key.path(), new FoundValue(value, chosen.origin()));
        });
    return values;
  }

  private static void eachKey(Declaration.Section section, Consumer<Declaration.Key> action) {
    for (Declaration member : section.members().values()) {
      switch (member) {
        case Declaration.Section inner -> eachKey(inner, action);
        case Declaration.Key key -> action.accept(key);
      }
    }
  }

  /** Maps are laid over their default name by name; everything else replaces it. */
  private static @Nullable Object merge(@Nullable Object preset, @Nullable Object chosen) {
    if (preset instanceof Map<?, ?> below && chosen instanceof Map<?, ?> above) {
      Map<Object, Object> merged = new LinkedHashMap<>(below);
      merged.putAll(above);
      return merged;
    }
    return chosen;
  }

  private static @Nullable Object expandHome(@Nullable Object value, Path home) {
    if (value instanceof Path path && path.startsWith("~")) {
      return home.resolve(Path.of("~").relativize(path));
    }
    return value;
  }

  FoundValue get(String path) {
    FoundValue value = byPath.get(path);
    if (value == null) {
      throw new IllegalArgumentException(path);
    }
    return value;
  }

  List<EffectiveValue> listing() {
    List<EffectiveValue> lines = new ArrayList<>();
    byPath.forEach(
        (path, found) -> lines.add(new EffectiveValue(path, shown(found.value()), found.origin())));
    return lines;
  }

  private static String shown(@Nullable Object value) {
    return switch (value) {
      case null -> "unset";
      case Enum<?> constant -> EnumType.written(constant);
      case Duration duration -> duration.toSeconds() + " s";
      case Collection<?> items -> items.stream().map(FileValues::shown).toList().toString();
      case Map<?, ?> map ->
          map.entrySet().stream()
              .map(entry -> entry.getKey() + "=" + shown(entry.getValue()))
              .toList()
              .toString();
      default -> value.toString();
    };
  }

  /** The record of the file; only to be called when there were no errors. */
  <R extends Record> R toRecord(Class<R> type) {
    return type.cast(instance(top));
  }

  private Record instance(Declaration.Section section) {
    Object[] arguments =
        section.members().values().stream()
            .map(
                member ->
                    switch (member) {
                      case Declaration.Section inner -> instance(inner);
                      case Declaration.Key key -> immutable(get(key.path()).value());
                    })
            .toArray();
    Class<?>[] types =
        Arrays.stream(section.type().getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      return section.type().getDeclaredConstructor(types).newInstance(arguments);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("no canonical constructor in " + section.type(), e);
    }
  }

  private static @Nullable Object immutable(@Nullable Object value) {
    return switch (value) {
      case List<?> list -> List.copyOf(list);
      case Map<?, ?> map -> Map.copyOf(map);
      case null, default -> value;
    };
  }
}
