package io.github.cachemesh.core.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The settings in effect: each value comes from the environment, else from the inputs, else from
 * the files, else from the defaults. Immutable.
 *
 * @param network what p2p-config.yml holds
 * @param sharedSecret the secret that peers share ({@code CACHE_P2P_SHARED_SECRET}), if any
 * @param warnings what is odd about the files but does no harm, such as unknown keys; at most 100
 * @param origins every key with its value and where that came from, in the files' order
 */
public record Settings(
    CacheSettings cache,
    OperationTtls operationTtls,
    ProxySettings proxy,
    P2pSettings p2p,
    P2pNetworkSettings network,
    ContentAddressingSettings contentAddressing,
    RateLimitSettings rateLimiting,
    MonitoringSettings monitoring,
    AccelerateSettings accelerate,
    @Nullable SharedSecret sharedSecret,
    List<Problem> warnings,
    List<EffectiveValue> origins) {

  /**
   * Reads all sources.
   *
   * @throws InvalidConfigurationException if any of them is wrong, with every problem of all
   */
  public static Settings load(SettingsSources sources) throws InvalidConfigurationException {
    return SettingsReader.read(sources);
  }
}
