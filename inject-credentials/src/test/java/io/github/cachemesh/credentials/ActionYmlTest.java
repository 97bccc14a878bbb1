package io.github.cachemesh.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.actions.ActionMetadata;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ActionYmlTest {
  @Test
  void originalsInputsAndOutputsAreThereAndEachIsDescribed() throws IOException {
    ActionMetadata action = action();

    assertThat(action.inputs())
        .containsOnlyKeys("credentials", "credential-names", "github-token", "runner-id");
    assertThat(action.outputs()).containsOnlyKeys("credentials-injected", "status");
    assertThat(action.inputs().values()).noneMatch(input -> input.description().isBlank());
    assertThat(action.outputs().values()).noneMatch(String::isBlank);
  }

  @Test
  void everyInputAndOutputIsInTheReadme() throws IOException {
    String readme = Files.readString(Path.of("README.md"));

    assertThat(action().inputs().keySet()).allMatch(name -> readme.contains("`" + name + "`"));
    assertThat(action().outputs().keySet()).allMatch(name -> readme.contains("`" + name + "`"));
  }

  private static ActionMetadata action() throws IOException {
    try (InputStream in = Main.class.getResourceAsStream("action.yml")) {
      return ActionMetadata.read(in);
    }
  }
}
