package io.github.cachemesh.core.cli;

import io.github.cachemesh.core.codeql.Runner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which scan is meant, in the words of the action's inputs. */
final class ScanOptions {
  @Option(
      names = "--checkout",
      paramLabel = "DIR",
      description = "The checkout; this folder unless given.")
  Path checkout = Path.of("");

  @Option(
      names = "--workflow",
      paramLabel = "FILE",
      required = true,
      description = "The workflow, by its path in the checkout.")
  String workflow = "";

  @Option(names = "--job", paramLabel = "ID", required = true, description = "Its job.")
  String job = "";

  @Option(
      names = "--step",
      paramLabel = "ID",
      required = true,
      description = "The id of the job's setup-codeql-cache step.")
  String step = "";

  @Option(
      names = "--input",
      paramLabel = "NAME=VALUE",
      description =
          "An input of that step as the runner evaluates it, such as languages=java; repeatable.")
  Map<String, String> inputs = new LinkedHashMap<>();

  @Option(
      names = "--matrix",
      paramLabel = "JSON",
      description = "The job's matrix; none unless given.")
  String matrix = "null";

  @Option(
      names = "--property",
      paramLabel = "NAME=VALUE",
      description = "A custom property of the repository; repeatable, none unless given.")
  Map<String, String> properties = new LinkedHashMap<>();

  @Option(
      names = "--runner",
      paramLabel = "OS/ARCH[/IMAGE/VERSION]",
      description =
          "The runner, such as Linux/X64/ubuntu24/20261101.1; that of the job unless given.")
  @Nullable String runner;

  Runner runner(Surroundings surroundings) {
    if (runner == null) {
      return Runner.of(surroundings.environment());
    }
    List<String> parts = new ArrayList<>(List.of(runner.split("/", -1)));
    if (parts.size() != 2 && parts.size() != 4) {
      throw CommandFailure.usage("--runner " + runner + ": write OS/ARCH or OS/ARCH/IMAGE/VERSION");
    }
    while (parts.size() < 4) {
      parts.add("");
    }
    return new Runner(parts.get(0), parts.get(1), parts.get(2), parts.get(3));
  }

  String input(String name) {
    return inputs.getOrDefault(name, "").strip();
  }

  /** A list in the form of the action's inputs: lines or commas. */
  List<String> list(String name) {
    return Arrays.stream(input(name).split("[\r\n,]"))
        .map(String::strip)
        .filter(item -> !item.isEmpty())
        .toList();
  }

  boolean truth(String name) {
    return input(name).equalsIgnoreCase("true");
  }
}
