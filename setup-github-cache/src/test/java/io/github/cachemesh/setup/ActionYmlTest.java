package io.github.cachemesh.setup;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.core.config.Settings;
import io.github.cachemesh.core.config.SettingsSources;
import io.github.cachemesh.testkit.runner.PublishedAction;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ActionYmlTest {
  @Test
  void originalsInputsAndOutputsAreThere() throws IOException {
    PublishedAction action = PublishedAction.of(Path.of(""));

    assertThat(action.inputs())
        .containsExactlyInAnyOrder(
            "enable-p2p",
            "cache-size",
            "cache-ttl",
            "p2p-port",
            "enable-peer-discovery",
            "github-token",
            "config-file",
            "freshness",
            "node-url",
            "cache-dir",
            "upstream",
            "runner-temp");
    assertThat(action.outputs())
        .containsExactlyInAnyOrder(
            "cache-status",
            "peer-count",
            "cache-dir",
            "api-url",
            "container-api-url",
            "socket-path",
            "stats-file");
  }

  @Test
  void everyInputAndOutputIsDescribedAndInTheReadme() throws IOException {
    assertThat(PublishedAction.of(Path.of("")).undocumented()).isEmpty();
  }

  @Test
  void whatIsNotGivenIsWhatTheOriginalHas() throws Exception {
    Settings settings =
        Settings.load(new SettingsSources(null, null, Map.of(), Map.of(), Path.of("/home/runner")));

    assertThat(settings.p2p().enabled()).isTrue();
    assertThat(settings.cache().maxSize()).isEqualTo(5000);
    assertThat(settings.cache().defaultTtl()).hasSeconds(300);
    assertThat(settings.p2p().listenPort()).isEqualTo(9000);
    assertThat(settings.p2p().peerDiscovery()).isTrue();
  }
}
