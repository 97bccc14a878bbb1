package io.github.cachemesh.core.http;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The header fields of one message, in order, with names compared without case (RFC 9110 section
 * 5).
 *
 * <p>Immutable and thread-safe. The values may hold credentials, so {@link #toString} gives only
 * names.
 */
public final class Fields {
  public static final Fields EMPTY = new Fields(List.of());

  private final List<Field> fields;

  private Fields(List<Field> fields) {
    this.fields = fields;
  }

  /** One field line. */
  public record Field(String name, String value) {
    @Override
    public String toString() {
      return name;
    }
  }

  public static Fields of(Collection<? extends Map.Entry<String, String>> lines) {
    List<Field> fields = new ArrayList<>(lines.size());
    for (Map.Entry<String, String> line : lines) {
      fields.add(new Field(line.getKey(), line.getValue()));
    }
    return new Fields(List.copyOf(fields));
  }

  /** Pairs of name and value. */
  public static Fields of(String... namesAndValues) {
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException("a field name without a value");
    }
    List<Field> fields = new ArrayList<>(namesAndValues.length / 2);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.add(new Field(namesAndValues[i], namesAndValues[i + 1]));
    }
    return new Fields(List.copyOf(fields));
  }

  public List<Field> lines() {
    return fields;
  }

  public Optional<String> first(String name) {
    for (Field field : fields) {
      if (field.name.equalsIgnoreCase(name)) {
        return Optional.of(field.value);
      }
    }
    return Optional.empty();
  }

  /** Every line of that name, in order. */
  public List<String> all(String name) {
    List<String> values = List.of();
    for (Field field : fields) {
      if (field.name.equalsIgnoreCase(name)) {
        if (values.isEmpty()) {
          values = new ArrayList<>(1);
        }
        values.add(field.value);
      }
    }
    return values;
  }

  public boolean has(String name) {
    return first(name).isPresent();
  }

  /**
   * The members of a comma-separated list field over all its lines, trimmed, empty ones left out.
   */
  public List<String> members(String name) {
    List<String> members = new ArrayList<>(2);
    for (String line : all(name)) {
      for (String member : line.split(",", -1)) {
        String trimmed = member.strip();
        if (!trimmed.isEmpty()) {
          members.add(trimmed);
        }
      }
    }
    return members;
  }

  /** These fields with every line of {@code name} replaced by one. */
  public Fields with(String name, String value) {
    List<Field> changed = new ArrayList<>(without(name).fields);
    changed.add(new Field(name, value));
    return new Fields(List.copyOf(changed));
  }

  public Fields without(String... names) {
    return only(
        name -> {
          for (String dropped : names) {
            if (dropped.equalsIgnoreCase(name)) {
              return false;
            }
          }
          return true;
        });
  }

  public Fields only(Predicate<String> nameIsKept) {
    List<Field> kept = new ArrayList<>(fields.size());
    for (Field field : fields) {
      if (nameIsKept.test(field.name)) {
        kept.add(field);
      }
    }
    return new Fields(List.copyOf(kept));
  }

  /** These fields, where a name that {@code others} carries has the lines of {@code others}. */
  public Fields overriddenBy(Fields others) {
    List<Field> merged = new ArrayList<>(only(name -> !others.has(name)).fields);
    merged.addAll(others.fields);
    return new Fields(List.copyOf(merged));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Fields that && fields.equals(that.fields);
  }

  @Override
  public int hashCode() {
    return fields.hashCode();
  }

  @Override
  public String toString() {
    return fields.toString();
  }
}
