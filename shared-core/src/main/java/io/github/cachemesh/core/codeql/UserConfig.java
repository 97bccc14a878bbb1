package io.github.cachemesh.core.codeql;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * A CodeQL configuration as {@code config} or {@code config-file} gives it: at most {@value
 * #MAX_CHARACTERS} characters and {@value #MAX_DEPTH} levels.
 */
final class UserConfig {
  static final int MAX_CHARACTERS = 256 * 1024;
  static final int MAX_DEPTH = 32;

  private static final LoadSettings SETTINGS =
      LoadSettings.builder()
          .setCodePointLimit(MAX_CHARACTERS)
          .setMaxAliasesForCollections(20)
          .build();

  /** Whatever else a configuration says might name something that moves. */
  private static final Set<String> KNOWN =
      Set.of(
          "name",
          "disable-default-queries",
          "queries",
          "query-filters",
          "paths",
          "paths-ignore",
          "packs",
          "threat-models");

  private final Map<String, Object> members;

  private UserConfig(Map<String, Object> members) {
    this.members = members;
  }

  static UserConfig none() {
    return new UserConfig(Map.of());
  }

  /** Empty when it is no YAML, no map, or beyond the bounds. */
  static Optional<UserConfig> parse(String yaml) {
    try {
      if (yaml.length() > MAX_CHARACTERS || isTooDeep(yaml)) {
        return Optional.empty();
      }
      @Nullable Object document = new Load(SETTINGS).loadFromString(yaml);
      return document instanceof Map<?, ?> map ? of(map) : Optional.empty();
    } catch (YamlEngineException _) {
      return Optional.empty();
    }
  }

  /** Reads no further than to the first level that is too deep. */
  private static boolean isTooDeep(String yaml) {
    int depth = 0;
    for (Event event : new Parse(SETTINGS).parseString(yaml)) {
      depth +=
          event instanceof CollectionStartEvent ? 1 : event instanceof CollectionEndEvent ? -1 : 0;
      if (depth > MAX_DEPTH) {
        return true;
      }
    }
    return false;
  }

  private static Optional<UserConfig> of(Map<?, ?> map) {
    Map<String, Object> members = new LinkedHashMap<>();
    for (Map.Entry<?, ?> member : map.entrySet()) {
      if (!(member.getKey() instanceof String name) || member.getValue() == null) {
        return Optional.empty();
      }
      members.put(name, Objects.requireNonNull(member.getValue()));
    }
    return Optional.of(new UserConfig(members));
  }

  /** Why its result cannot be told from its text. */
  Optional<String> moving() {
    for (String name : members.keySet()) {
      if (!KNOWN.contains(name)) {
        return Optional.of("the configuration has the unknown member " + name);
      }
    }
    for (Object query : list("queries")) {
      if (!(query instanceof Map<?, ?> spec)
          || !(spec.get("uses") instanceof String uses)
          || !Pins.isPinnedQuery(uses.strip())) {
        return Optional.of("the configuration has a query that is not pinned by a full commit");
      }
    }
    for (Object pack : packs()) {
      if (!(pack instanceof String name) || !Pins.isPinnedPack(name.strip())) {
        return Optional.of("the configuration has a pack that is not pinned by a full version");
      }
    }
    return Optional.empty();
  }

  private List<?> list(String name) {
    Object value = members.getOrDefault(name, List.of());
    return value instanceof List<?> list ? list : List.of(value);
  }

  private List<?> packs() {
    if (members.get("packs") instanceof Map<?, ?> byLanguage) {
      List<Object> packs = new ArrayList<>();
      for (Object some : byLanguage.values()) {
        packs.addAll(some instanceof List<?> list ? list : List.of(String.valueOf(some)));
      }
      return packs;
    }
    return list("packs");
  }

  /** Its members, which must not be changed. */
  Map<String, Object> members() {
    return members;
  }
}
