package io.github.cachemesh.testkit.runner;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One command of a step's log, {@code ::name key=value,key=value::data}, unescaped. */
record WorkflowCommand(String name, Map<String, String> properties, String data) {
  /** Greedy: the name ends at the last colons that it can end at. */
  private static final Pattern ACT = Pattern.compile("::([^ ]+)(?: (.+))?::(.*)");

  /** The command on that line, whether or not the runner knows its name. */
  static Optional<WorkflowCommand> parse(String line, Flavour flavour) {
    return flavour == Flavour.ACT ? parseAsAct(line) : parse(line);
  }

  private static Optional<WorkflowCommand> parse(String line) {
    String text = line.stripLeading();
    int end = text.startsWith("::") ? text.indexOf("::", 2) : -1;
    if (end < 0) {
      return Optional.empty();
    }
    String head = text.substring(2, end);
    int space = head.indexOf(' ');
    return Optional.of(
        new WorkflowCommand(
            space < 0 ? head : head.substring(0, space),
            space > 0 ? properties(head.substring(space + 1).strip()) : Map.of(),
            unescapeData(text.substring(end + 2))));
  }

  private static Optional<WorkflowCommand> parseAsAct(String line) {
    Matcher command = ACT.matcher(line);
    if (!command.matches()) {
      return Optional.empty();
    }
    String properties = command.group(2);
    return Optional.of(
        new WorkflowCommand(
            command.group(1),
            properties == null ? Map.of() : properties(properties),
            unescapeData(command.group(3))));
  }

  private static Map<String, String> properties(String text) {
    Map<String, String> properties = new LinkedHashMap<>();
    for (String property : text.split(",", -1)) {
      int equals = property.indexOf('=');
      if (equals > 0 && equals + 1 < property.length()) {
        properties.put(
            property.substring(0, equals), unescapeProperty(property.substring(equals + 1)));
      }
    }
    return Map.copyOf(properties);
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
