package io.github.cachemesh.core.codeql;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * All that a scan's result depends on: scans of equal keys have equal results. Immutable.
 *
 * <p>Its values may hold what a repository keeps to itself, so {@link #toString} is the digest
 * only.
 */
public final class ScanKey {
  /** A key of another version never equals one of this. */
  static final int FORMAT = 1;

  private final EnumMap<Component, String> values;
  private final String hex;

  private ScanKey(EnumMap<Component, String> values) {
    this.values = values;
    this.hex = Digests.sha256(json());
  }

  /**
   * @param values of every component: texts, integers, booleans, lists of them, maps by text
   * @throws IllegalArgumentException when a component is missing, or a value is no JSON or no
   *     Unicode
   */
  static ScanKey of(Map<Component, ?> values) {
    Map<Component, String> json = new EnumMap<>(Component.class);
    values.forEach((component, value) -> json.put(component, CanonicalJson.of(value)));
    return ofJson(json);
  }

  /** Of values that are canonical JSON already. */
  static ScanKey ofJson(Map<Component, String> values) {
    for (Component component : Component.values()) {
      if (!values.containsKey(component)) {
        throw new IllegalArgumentException("a key without " + component.word());
      }
    }
    return new ScanKey(new EnumMap<>(values));
  }

  /** The canonical JSON that is hashed: {@code {"action":…,"format":1,…}}. */
  public String json() {
    SortedMap<String, String> members = new TreeMap<>();
    members.put("format", Integer.toString(FORMAT));
    values.forEach((component, value) -> members.put(component.word(), value));
    StringBuilder out = new StringBuilder();
    members.forEach(
        (name, value) ->
            out.append(out.isEmpty() ? "{" : ",")
                .append('"')
                .append(name)
                .append("\":")
                .append(value));
    return out.append('}').toString();
  }

  /** SHA-256 of {@link #json}, in hexadecimal. */
  public String hex() {
    return hex;
  }

  /** The canonical JSON of one component. */
  public String value(Component component) {
    return values.getOrDefault(component, "");
  }

  /** SHA-256 of a component's canonical JSON, in hexadecimal: what may be shown of it. */
  public String digest(Component component) {
    return Digests.sha256(value(component));
  }

  /** The components that differ, in the order in which they are reported. */
  public List<Component> differences(ScanKey other) {
    return Stream.of(Component.values())
        .filter(component -> !value(component).equals(other.value(component)))
        .toList();
  }

  Map<Component, String> values() {
    return new EnumMap<>(values);
  }

  /** The same but for one component. */
  ScanKey with(Component component, Object value) {
    Map<Component, String> changed = values();
    changed.put(component, CanonicalJson.of(value));
    return ofJson(changed);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ScanKey key && key.values.equals(values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return hex;
  }
}
