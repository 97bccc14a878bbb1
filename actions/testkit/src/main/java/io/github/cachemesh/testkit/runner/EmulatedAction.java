package io.github.cachemesh.testkit.runner;

import io.github.cachemesh.actions.ActionMetadata;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** An action as the runner sees it: what its action.yml says, and how its processes start. */
public record EmulatedAction(ActionMetadata metadata, ActionLauncher launcher) {

  /**
   * Reads the action.yml.
   *
   * @throws io.github.cachemesh.actions.InvalidActionYamlException when no runner would accept it
   */
  public static EmulatedAction of(Path actionYml, ActionLauncher launcher) throws IOException {
    try (InputStream in = Files.newInputStream(actionYml)) {
      return new EmulatedAction(ActionMetadata.read(in), launcher);
    }
  }
}
