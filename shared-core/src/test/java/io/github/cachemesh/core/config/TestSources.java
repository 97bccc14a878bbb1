package io.github.cachemesh.core.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sources for tests: the home folder is always {@code /home/runner}. */
final class TestSources {
  private static final Path HOME = Path.of("/home/runner");

  private TestSources() {}

  static SettingsSources none() {
    return files(null, null);
  }

  static SettingsSources files(@Nullable ConfigText cache, @Nullable ConfigText p2p) {
    return new SettingsSources(cache, p2p, Map.of(), Map.of(), HOME);
  }

  static SettingsSources cacheConfig(ConfigText text) {
    return files(text, null);
  }

  static SettingsSources cacheConfig(String yaml) {
    return cacheConfig(new ConfigText("cache.yml", yaml));
  }

  static SettingsSources p2pConfig(ConfigText text) {
    return files(null, text);
  }

  static SettingsSources p2pConfig(String yaml) {
    return p2pConfig(new ConfigText("p2p.yml", yaml));
  }

  static SettingsSources environment(Map<String, String> environment) {
    return new SettingsSources(null, null, Map.of(), environment, HOME);
  }

  static SettingsSources all(
      String cacheYaml, Map<String, String> inputs, Map<String, String> environment) {
    return new SettingsSources(
        new ConfigText("cache.yml", cacheYaml), null, inputs, environment, HOME);
  }

  /** The errors, or the warnings where there are none, as lines. */
  static List<String> problemsAndWarnings(SettingsSources sources) {
    try {
      return Settings.load(sources).warnings().stream().map(Problem::toString).toList();
    } catch (InvalidConfigurationException e) {
      return e.problems().stream().map(Problem::toString).toList();
    }
  }
}
