package io.github.cachemesh.codeqlcache;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.testkit.runner.PublishedAction;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ActionYmlTest {
  @Test
  void originalsInputsAndOutputsAreThere() throws IOException {
    PublishedAction action = PublishedAction.of(Path.of(""));

    assertThat(action.inputs())
        .containsExactlyInAnyOrder("enable-caching", "cache-ttl", "github-token", "commit-sha");
    assertThat(action.outputs())
        .containsExactlyInAnyOrder(
            "cache-status", "should-skip-scan", "cached-result", "cache-dir");
  }

  @Test
  void everyInputAndOutputIsDescribedAndInTheReadme() throws IOException {
    assertThat(PublishedAction.of(Path.of("")).undocumented()).isEmpty();
  }
}
