package io.github.cachemesh.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.actions.ActionMetadata;
import io.github.cachemesh.testkit.runner.PublishedAction;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ActionYmlTest {
  @Test
  void originalsInputsAndOutputsAreThere() throws IOException {
    PublishedAction action = PublishedAction.of(Path.of(""));

    assertThat(action.inputs())
        .contains("credentials", "credential-names", "github-token", "runner-id");
    assertThat(action.outputs()).contains("credentials-injected", "status");
  }

  @Test
  void everyInputAndOutputIsDescribedAndInTheReadme() throws IOException {
    assertThat(PublishedAction.of(Path.of("")).undocumented()).isEmpty();
  }

  @Test
  void noSecretIsAnArgumentOfTheProcess() throws IOException {
    ActionMetadata.Runs runs = PublishedAction.of(Path.of("")).metadata().runs();

    assertThat(runs.args()).containsExactly("${{ inputs.runner-temp }}");
    assertThat(runs.env()).isEmpty();
  }
}
