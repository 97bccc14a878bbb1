package io.github.cachemesh.setup;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.cachemesh.actions.ActionContext;
import io.github.cachemesh.actions.ActionFailure;
import io.github.cachemesh.actions.FailureReason;
import io.github.cachemesh.actions.RunnerEnvironment;
import io.github.cachemesh.core.config.ConfigText;
import io.github.cachemesh.core.config.InvalidConfigurationException;
import io.github.cachemesh.core.config.Origin;
import io.github.cachemesh.core.config.Settings;
import io.github.cachemesh.core.config.SettingsSources;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the job's environment, inputs and configuration files come to. Immutable.
 *
 * @param workspace to which relative paths are relative
 * @param upstream of the settings; where nothing names one, the API of the server that runs the
 *     workflow
 * @param certificates in PEM that are trusted besides the usual ones, if any
 */
record JobSettings(
    Settings settings,
    Path workspace,
    URI upstream,
    @Nullable ConfigText cacheConfig,
    @Nullable ConfigText p2pConfig,
    @Nullable String certificates) {

  private static final long MAX_CERTIFICATES_BYTES = 4 << 20;
  private static final String CONFIG_FILE = "config-file";
  private static final String DEFAULT_CONFIG_FILE = ".github/cache-config.yml";
  private static final String DEFAULT_CACHE_DIR = ".cache/github-api-p2p";
  private static final String P2P_CONFIG = "p2p-config.yml";
  private static final List<String> SETTING_INPUTS =
      List.of(
          "enable-p2p",
          "cache-size",
          "cache-ttl",
          "p2p-port",
          "enable-peer-discovery",
          "freshness",
          "cache-dir",
          "upstream");

  /**
   * Reads all of them.
   *
   * @param home of the runner's user
   * @throws InvalidConfigurationException with every problem of all sources
   * @throws ActionFailure when the configuration file that was named cannot be read
   */
  static JobSettings read(ActionContext context, Path home) throws InvalidConfigurationException {
    RunnerEnvironment environment = context.environment();
    Path workspace = environment.workspace();
    Map<String, String> inputs = new LinkedHashMap<>();
    SETTING_INPUTS.forEach(
        name -> context.inputs().optional(name).ifPresent(value -> inputs.put(name, value)));
    Path file = configFile(context, workspace);
    ConfigText cacheConfig = Files.exists(file) ? text(file) : null;
    Path p2pFile = file.resolveSibling(P2P_CONFIG);
    ConfigText p2pConfig = Files.exists(p2pFile) ? text(p2pFile) : null;
    Settings settings =
        Settings.load(
            new SettingsSources(cacheConfig, p2pConfig, inputs, environment.variables(), home));
    return new JobSettings(
        settings,
        workspace,
        isPreset(settings, "proxy.upstream") ? environment.apiUrl() : settings.proxy().upstream(),
        cacheConfig,
        p2pConfig,
        certificates(settings, workspace));
  }

  /** The cache folder. */
  Path cacheDir() {
    return workspace.resolve(settings.cache().directory()).toAbsolutePath().normalize();
  }

  /**
   * The cache folder, where one was chosen; one below a home that is not known is left as it is.
   * The default is no choice, be it written down or not: the original's files do so.
   */
  Optional<Path> chosenCacheDir() {
    Path directory = settings.cache().directory();
    if (isPreset(settings, "cache.directory")
        || directory.equals(CacheStore.UNKNOWN_HOME.resolve(DEFAULT_CACHE_DIR))) {
      return Optional.empty();
    }
    return Optional.of(directory.startsWith(CacheStore.UNKNOWN_HOME) ? directory : cacheDir());
  }

  private static @Nullable String certificates(Settings settings, Path workspace) {
    Path caFile = settings.proxy().caFile();
    if (caFile == null) {
      return null;
    }
    Path file = workspace.resolve(caFile);
    try {
      if (Files.size(file) <= MAX_CERTIFICATES_BYTES) {
        return Files.readString(file, ISO_8859_1);
      }
    } catch (IOException e) {
      throw new ActionFailure(
          "The certificates of proxy.ca_file cannot be read (" + FailureReason.of(e) + ").",
          "Put the file into the workspace and name it relative to that.",
          e);
    }
    throw new ActionFailure(
        "The file of proxy.ca_file, " + file + ", is larger than 4 MiB.",
        "Name a PEM file of certificates.");
  }

  private static Path configFile(ActionContext context, Path workspace) {
    Optional<String> named = context.inputs().optional(CONFIG_FILE);
    Path file = workspace.resolve(named.orElse(DEFAULT_CONFIG_FILE));
    if (named.isPresent() && !Files.isReadable(file)) {
      throw context.inputs().failure(CONFIG_FILE, "names " + file + ", which cannot be read");
    }
    return file;
  }

  private static ConfigText text(Path file) throws InvalidConfigurationException {
    try {
      return ConfigText.read(file);
    } catch (IOException e) {
      throw new ActionFailure(
          "The configuration file " + file + " cannot be read (" + FailureReason.of(e) + ").",
          "Check that it is a file that this runner's user may read.",
          e);
    }
  }

  private static boolean isPreset(Settings settings, String key) {
    return settings.origins().stream()
        .anyMatch(value -> value.key().equals(key) && value.origin() instanceof Origin.Preset);
  }
}
