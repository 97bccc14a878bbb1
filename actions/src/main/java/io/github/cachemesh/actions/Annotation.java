package io.github.cachemesh.actions;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where and under which title a notice, warning or error is shown. Lines and columns count from 1;
 * 0 means none.
 */
public record Annotation(
    @Nullable String title, @Nullable String file, int line, int endLine, int col, int endColumn) {

  /** Shown without a place. */
  public static final Annotation NONE = new Annotation(null, null, 0, 0, 0, 0);

  public static Annotation titled(String title) {
    return new Annotation(title, null, 0, 0, 0, 0);
  }

  public static Annotation at(String file, int line) {
    return new Annotation(null, file, line, 0, 0, 0);
  }

  /** The properties of the command, each preceded by what separates it. */
  String properties() {
    List<String> properties = new ArrayList<>();
    add(properties, "title", title);
    add(properties, "file", file);
    add(properties, "line", line);
    add(properties, "endLine", endLine);
    add(properties, "col", col);
    add(properties, "endColumn", endColumn);
    return properties.isEmpty() ? "" : " " + String.join(",", properties);
  }

  private static void add(List<String> properties, String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      properties.add(name + "=" + CommandEscaping.property(value));
    }
  }

  private static void add(List<String> properties, String name, int value) {
    if (value > 0) {
      properties.add(name + "=" + value);
    }
  }
}
