package io.github.cachemesh.core.codeql;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The configuration that init should make of the workflow's settings, by codeql-action's rules. */
final class ExpectedConfig {
  /** The repository property whose queries come before all others. */
  static final String EXTRA_QUERIES = "github-codeql-extra-queries";

  private ExpectedConfig() {}

  /** What {@code config}, else {@code config-file}, says; empty when it cannot be understood. */
  static Optional<UserConfig> userConfig(ScanSettings settings, ScanSite site) {
    if (!settings.config().isEmpty()) {
      return UserConfig.parse(settings.config());
    }
    if (settings.configFile().isEmpty()) {
      return Optional.of(UserConfig.none());
    }
    return site.configFile().flatMap(file -> UserConfig.parse(file.text()));
  }

  /** As canonical JSON. */
  static Optional<String> of(ScanSettings settings, ScanSite site) {
    return userConfig(settings, site)
        .map(
            config -> {
              Map<String, Object> members = new LinkedHashMap<>(config.members());
              String extra = site.properties().orElse(Map.of()).getOrDefault(EXTRA_QUERIES, "");
              replace(members, "queries", queries(members.get("queries"), extra, settings));
              packs(members, settings.packs());
              return CanonicalJson.of(members);
            });
  }

  private static void replace(Map<String, Object> members, String name, List<?> value) {
    if (value.isEmpty()) {
      members.remove(name);
    } else {
      members.put(name, value);
    }
  }

  /** The property's, then the input's, then the file's, as long as each adds to what follows. */
  private static List<Object> queries(
      @Nullable Object ofFile, String extra, ScanSettings settings) {
    List<Object> queries = new ArrayList<>(specs(extra));
    if (!queries.isEmpty() && !adds(extra)) {
      return queries;
    }
    List<Object> ofInput = specs(settings.queries());
    queries.addAll(ofInput);
    if ((ofInput.isEmpty() || adds(settings.queries())) && ofFile instanceof List<?> list) {
      queries.addAll(list);
    }
    return queries;
  }

  private static List<Object> specs(String input) {
    return Pins.elements(input).<Object>map(uses -> Map.of("uses", uses)).toList();
  }

  private static boolean adds(String input) {
    return input.strip().startsWith("+");
  }

  private static void packs(Map<String, Object> members, String input) {
    List<Object> ofInput = new ArrayList<>(Pins.elements(input).toList());
    Object ofFile = members.get("packs");
    if (ofInput.isEmpty()) {
      if (ofFile instanceof List<?> list && list.isEmpty()) {
        members.remove("packs");
      }
    } else if (!adds(input) || ofFile == null) {
      members.put("packs", ofInput);
    } else if (ofFile instanceof Map<?, ?> byLanguage && !byLanguage.isEmpty()) {
      Map<Object, Object> all = new LinkedHashMap<>(byLanguage);
      Object first = all.keySet().iterator().next();
      all.computeIfPresent(first, (_, some) -> joined(some, ofInput));
      members.put("packs", all);
    } else {
      members.put("packs", joined(ofFile, ofInput));
    }
  }

  private static List<Object> joined(Object first, List<Object> second) {
    List<Object> all = new ArrayList<>(first instanceof List<?> list ? list : List.of(first));
    all.addAll(second);
    return all;
  }
}
