package io.github.cachemesh.core.config;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Puts the sources together and applies the rules that hold between keys. */
final class SettingsReader {
  private static final Declaration.Section CACHE_FILE = Declaration.of(CacheFile.class);
  private static final Declaration.Section P2P_FILE = Declaration.of(P2pNetworkSettings.class);
  private static final String SHARED_SECRET = "CACHE_P2P_SHARED_SECRET";

  private SettingsReader() {}

  static Settings read(SettingsSources sources) throws InvalidConfigurationException {
    Problems problems = new Problems();
    FileValues cacheValues = FileValues.of(CACHE_FILE, sources.cacheConfig(), sources, problems);
    FileValues p2pValues = FileValues.of(P2P_FILE, sources.p2pConfig(), sources, problems);
    if (!problems.hasErrors()) {
      requireOrder(
          p2pValues, "network.listen.port_range.start", "network.listen.port_range.end", problems);
      requireOrder(
          p2pValues, "network.connections.min_peers", "network.connections.max_peers", problems);
    }
    problems.throwErrors();

    CacheFile file = cacheValues.toRecord(CacheFile.class);
    return new Settings(
        file.cache(),
        new OperationTtls(file.operationTtls(), file.cache().defaultTtl()),
        file.proxy(),
        file.p2p(),
        p2pValues.toRecord(P2pNetworkSettings.class),
        file.contentAddressing(),
        file.rateLimiting(),
        file.monitoring(),
        file.ipfsAccelerateIntegration(),
        sharedSecret(sources),
        problems.warnings(),
        Stream.concat(cacheValues.listing().stream(), p2pValues.listing().stream()).toList());
  }

  private static void requireOrder(
      FileValues values, String lowPath, String highPath, Problems problems) {
    FoundValue low = values.get(lowPath);
    FoundValue high = values.get(highPath);
    if (low.value() instanceof Integer least
        && high.value() instanceof Integer greatest
        && least > greatest) {
      boolean lowIsGiven = !(low.origin() instanceof Origin.Preset);
      problems.error(
          lowIsGiven ? low.origin() : high.origin(),
          lowIsGiven ? lowPath : highPath,
          lowPath + " is " + least + ", more than " + highPath + ", which is " + greatest);
    }
  }

  private static @Nullable SharedSecret sharedSecret(SettingsSources sources) {
    String secret = sources.environment().getOrDefault(SHARED_SECRET, "");
    return secret.isEmpty() ? null : new SharedSecret(secret);
  }
}
