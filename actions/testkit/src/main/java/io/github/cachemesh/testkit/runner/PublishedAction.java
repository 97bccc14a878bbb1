package io.github.cachemesh.testkit.runner;

import io.github.cachemesh.actions.ActionMetadata;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** An action as its users see it: the {@code action.yml} and the {@code README.md} of a folder. */
public record PublishedAction(ActionMetadata metadata, String readme) {
  /**
   * @throws IllegalArgumentException if {@code action.yml} is none
   */
  public static PublishedAction of(Path folder) throws IOException {
    try (InputStream in = Files.newInputStream(folder.resolve("action.yml"))) {
      return new PublishedAction(
          ActionMetadata.read(in), Files.readString(folder.resolve("README.md")));
    }
  }

  public Set<String> inputs() {
    return metadata.inputs().keySet();
  }

  public Set<String> outputs() {
    return metadata.outputs().keySet();
  }

  /** Inputs and outputs that lack a description, or that the readme does not name. */
  public List<String> undocumented() {
    Stream<String> inputs =
        metadata.inputs().entrySet().stream()
            .filter(input -> isMissing(input.getKey(), input.getValue().description()))
            .map(input -> "input " + input.getKey());
    Stream<String> outputs =
        metadata.outputs().entrySet().stream()
            .filter(output -> isMissing(output.getKey(), output.getValue()))
            .map(output -> "output " + output.getKey());
    return Stream.concat(inputs, outputs).toList();
  }

  private boolean isMissing(String name, String description) {
    return description.isBlank() || !readme.contains("`" + name + "`");
  }
}
