package io.github.cachemesh.core.config;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that settings are made of, besides the defaults.
 *
 * @param cacheConfig cache-config.yml, or null when there is none
 * @param p2pConfig p2p-config.yml, or null when there is none
 * @param inputs action inputs or command-line options by name without dashes in front; blank ones
 *     count as not given, names that are no key's are left alone
 * @param environment variables by name; blank ones count as not given
 * @param home what {@code ~} stands for
 */
public record SettingsSources(
    @Nullable ConfigText cacheConfig,
    @Nullable ConfigText p2pConfig,
    Map<String, String> inputs,
    Map<String, String> environment,
    Path home) {
  public SettingsSources {
    inputs = Map.copyOf(inputs);
    environment = Map.copyOf(environment);
  }

  /** Whether values may hold secrets is not known here, so only names are shown. */
  @Override
  public String toString() {
    return "SettingsSources[inputs=" + inputs.keySet() + ", home=" + home + "]";
  }
}
