package io.github.cachemesh.setup;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.actions.ActionMetadata;
import io.github.cachemesh.core.config.Settings;
import io.github.cachemesh.core.config.SettingsSources;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ActionYmlTest {
  @Test
  void originalsInputsAndOutputsAreThereAndEachIsDescribed() throws IOException {
    ActionMetadata action = action();

    assertThat(action.inputs())
        .containsOnlyKeys(
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
        .containsOnlyKeys(
            "cache-status",
            "peer-count",
            "cache-dir",
            "api-url",
            "container-api-url",
            "socket-path",
            "stats-file");
    assertThat(action.inputs().values()).noneMatch(input -> input.description().isBlank());
    assertThat(action.outputs().values()).noneMatch(String::isBlank);
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
