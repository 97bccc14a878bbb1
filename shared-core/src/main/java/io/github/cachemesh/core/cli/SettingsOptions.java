package io.github.cachemesh.core.cli;

import io.github.cachemesh.core.config.ConfigText;
import io.github.cachemesh.core.config.InvalidConfigurationException;
import io.github.cachemesh.core.config.Settings;
import io.github.cachemesh.core.config.SettingsSources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The options that say where settings come from. The environment goes before options, those before
 * the files: every command of one environment means the same cache folder.
 */
final class SettingsOptions {
  private static final String P2P_CONFIG = "p2p-config.yml";

  @Option(
      names = "--cache-dir",
      paramLabel = "DIR",
      description = "Folder of the cache; CACHE_DIR goes before it.")
  @Nullable String cacheDir;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "cache-config.yml; a p2p-config.yml beside it is read too.")
  @Nullable Path config;

  @Option(
      names = "--p2p-config",
      paramLabel = "FILE",
      description = "p2p-config.yml, where it is not beside the other file.")
  @Nullable Path p2pConfig;

  Settings load(Surroundings surroundings) throws InvalidConfigurationException {
    return load(surroundings, Map.of());
  }

  /**
   * @param more further options by the name of their input; null for those not given
   */
  Settings load(Surroundings surroundings, Map<String, @Nullable String> more)
      throws InvalidConfigurationException {
    Map<String, String> inputs = new LinkedHashMap<>();
    more.forEach(
        (name, value) -> {
          if (value != null) {
            inputs.put(name, value);
          }
        });
    if (cacheDir != null) {
      inputs.put("cache-dir", cacheDir);
    }
    return Settings.load(
        new SettingsSources(
            config == null ? null : read("--config", config),
            p2pText(),
            inputs,
            surroundings.environment(),
            surroundings.home()));
  }

  private @Nullable ConfigText p2pText() throws InvalidConfigurationException {
    if (p2pConfig != null) {
      return read("--p2p-config", p2pConfig);
    }
    if (config == null) {
      return null;
    }
    Path beside = config.resolveSibling(P2P_CONFIG);
    return Files.exists(beside) ? read("--config", beside) : null;
  }

  private static ConfigText read(String option, Path file) throws InvalidConfigurationException {
    try {
      return ConfigText.read(file);
    } catch (IOException e) {
      throw CommandFailure.usage(
          option + ": " + ErrorReport.describe(e) + "; name a file that can be read");
    }
  }
}
