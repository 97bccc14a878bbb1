package io.github.cachemesh.e2e;

import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What {@code act --json} wrote: a JSON object a line. Immutable. */
final class ActLog {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final List<JsonNode> lines;

  private ActLog(List<JsonNode> lines) {
    this.lines = lines;
  }

  /** Reads all of it; what is no object, as act writes before it knows its options, is dropped. */
  static ActLog parse(String text) {
    return new ActLog(
        text.lines().filter(line -> line.startsWith("{")).map(JSON::readTree).toList());
  }

  /** All messages. */
  String text() {
    return lines.stream()
        .map(line -> line.path("msg").asString("").stripTrailing() + "\n")
        .collect(Collectors.joining());
  }

  /** What steps printed after the job, without the commands among it. */
  String post() {
    return lines.stream()
        .filter(line -> line.path("stage").asString("").equals("Post"))
        .filter(line -> line.path("raw_output").asBoolean(false))
        .map(line -> line.path("msg").asString("").stripTrailing())
        .collect(Collectors.joining("\n"));
  }

  /**
   * An output of a step.
   *
   * @throws IllegalStateException when no step has set it
   */
  String output(String name) {
    return lines.stream()
        .filter(line -> line.path("command").asString("").equals("set-output"))
        .filter(line -> line.path("name").asString("").equals(name))
        .map(line -> line.path("arg").asString(""))
        .reduce((_, last) -> last)
        .orElseThrow(() -> new IllegalStateException("no step has set the output " + name));
  }
}
