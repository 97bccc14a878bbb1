package io.github.cachemesh.core.workflow;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A value of a workflow's text, immutable, with its aliases resolved; {@code line} is from 1. */
sealed interface YamlValue {
  int line();

  /**
   * @param plain whether it stands without quotes, so that it may be a number, true, false or null
   */
  record Text(String text, boolean plain, int line) implements YamlValue {
    private static final Pattern NOTHING = Pattern.compile("|~|null|Null|NULL");
    private static final Pattern TRUTH = Pattern.compile("true|True|TRUE|false|False|FALSE");
    private static final Pattern WHOLE_NUMBER = Pattern.compile("0|-?[1-9][0-9]{0,14}");
    private static final Pattern NUMBER =
        Pattern.compile(
            "[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?"
                + "|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");

    /**
     * What an action is given for it, by YAML 1.2's core schema; nothing for a number whose way
     * into text is the runner's affair, such as 2.20.
     */
    Optional<String> string() {
      if (!plain) {
        return Optional.of(text);
      }
      if (NOTHING.matcher(text).matches()) {
        return Optional.of("");
      }
      if (TRUTH.matcher(text).matches()) {
        return Optional.of(text.equalsIgnoreCase("true") ? "true" : "false");
      }
      boolean doubtful = NUMBER.matcher(text).matches() && !WHOLE_NUMBER.matcher(text).matches();
      return doubtful ? Optional.empty() : Optional.of(text);
    }

    boolean isNothing() {
      return plain && NOTHING.matcher(text).matches();
    }
  }

  record Listing(List<YamlValue> items, int line) implements YamlValue {
    public Listing {
      items = List.copyOf(items);
    }
  }

  record Mapping(Map<String, YamlValue> members, int line) implements YamlValue {
    public Mapping {
      members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    Optional<YamlValue> get(String key) {
      return Optional.ofNullable(members.get(key));
    }
  }
}
