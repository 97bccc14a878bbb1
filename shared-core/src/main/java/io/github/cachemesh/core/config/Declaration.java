package io.github.cachemesh.core.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a configuration file may hold: the tree of sections and keys that its records declare. */
sealed interface Declaration {
  /** Dotted path from the top of the file; empty for the file itself. */
  String path();

  /**
   * A mapping whose keys are all declared.
   *
   * @param members by name, in the order of declaration
   */
  record Section(String path, Class<? extends Record> type, Map<String, Declaration> members)
      implements Declaration {}

  /**
   * A key with a value.
   *
   * @param preset the default, written as in the environment
   */
  record Key(String path, ValueType type, String preset, String about, String env, String input)
      implements Declaration {
    /** Whether the key may be left without a value. */
    boolean optional() {
      return preset.isEmpty() && type instanceof ScalarType;
    }
  }

  /** The tree that a record declares. */
  static Section of(Class<? extends Record> type) {
    return section("", type);
  }

  private static Section section(String path, Class<? extends Record> type) {
    Map<String, Declaration> members = new LinkedHashMap<>();
    for (RecordComponent component : type.getRecordComponents()) {
      Setting setting = component.getAnnotation(Setting.class);
      String name =
          setting == null || setting.key().isEmpty()
              ? snakeCase(component.getName())
              : setting.key();
      String memberPath = path.isEmpty() ? name : path + "." + name;
      members.put(
          name,
          setting == null
              ? section(memberPath, component.getType().asSubclass(Record.class))
              : new Key(
                  memberPath,
                  valueType(component.getGenericType(), setting),
                  setting.preset(),
                  setting.value(),
                  setting.env(),
                  setting.input()));
    }
    return new Section(path, type, members);
  }

  private static String snakeCase(String camelCase) {
    return camelCase.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  private static ValueType valueType(Type type, Setting setting) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      return generic.getRawType() == List.class
          ? new ListType(scalarType(arguments[0], setting))
          : new MapType(textType(setting), scalarType(arguments[1], setting));
    }
    return scalarType(type, setting);
  }

  private static ScalarType scalarType(Type type, Setting setting) {
    if (type == boolean.class) {
      return new BooleanType(setting.choices().length > 0);
    }
    if (type == int.class) {
      int max = (int) Math.min(setting.max(), Integer.MAX_VALUE);
      return new IntegerType(setting.min(), max, "an integer", Math::toIntExact);
    }
    if (type == long.class) {
      return new IntegerType(setting.min(), setting.max(), "an integer", Long::valueOf);
    }
    if (type == Duration.class) {
      return switch (setting.unit()) {
        case SECONDS ->
            new IntegerType(
                setting.min(), setting.max(), "an integer of seconds", Duration::ofSeconds);
        case MINUTES ->
            new IntegerType(
                setting.min(), setting.max(), "an integer of minutes", Duration::ofMinutes);
      };
    }
    if (type == URI.class) {
      return new UriType();
    }
    if (type == Path.class) {
      return new PathType();
    }
    if (type == String.class) {
      return textType(setting);
    }
    return EnumType.of((Class<?>) type);
  }

  private static TextType textType(Setting setting) {
    List<String> choices = List.of(setting.choices());
    @Nullable Pattern pattern =
        setting.pattern().isEmpty() ? null : Pattern.compile(setting.pattern());
    if (!choices.isEmpty()) {
      return new TextType(choices, pattern, "one of " + String.join(", ", choices));
    }
    return new TextType(choices, pattern, pattern == null ? "a text" : setting.allowed());
  }
}
