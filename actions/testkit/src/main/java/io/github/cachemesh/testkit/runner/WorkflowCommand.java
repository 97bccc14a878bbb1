package io.github.cachemesh.testkit.runner;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** One command of a step's log, {@code ::name key=value,key=value::data}, unescaped. */
record WorkflowCommand(String name, Map<String, String> properties, String data) {

  /** The command on that line, whether or not the runner knows its name. */
  static Optional<WorkflowCommand> parse(String line) {
    String text = line.stripLeading();
    int end = text.startsWith("::") ? text.indexOf("::", 2) : -1;
    if (end < 0) {
      return Optional.empty();
    }
    String head = text.substring(2, end);
    int space = head.indexOf(' ');
    Map<String, String> properties = new LinkedHashMap<>();
    if (space > 0) {
      for (String property : head.substring(space + 1).strip().split(",", -1)) {
        int equals = property.indexOf('=');
        if (equals > 0 && equals + 1 < property.length()) {
          properties.put(
              property.substring(0, equals), unescapeProperty(property.substring(equals + 1)));
        }
      }
    }
    return Optional.of(
        new WorkflowCommand(
            space < 0 ? head : head.substring(0, space),
            Map.copyOf(properties),
            unescapeData(text.substring(end + 2))));
  }

  private static String unescapeData(String text) {
    // The percent sign comes last: "%250A" stands for the text "%0A".
    return text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%");
  }

  private static String unescapeProperty(String text) {
    return text.replace("%0D", "\r")
        .replace("%0A", "\n")
        .replace("%3A", ":")
        .replace("%2C", ",")
        .replace("%25", "%");
  }
}
