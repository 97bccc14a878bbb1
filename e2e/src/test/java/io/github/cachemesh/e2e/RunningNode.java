package io.github.cachemesh.e2e;

import io.github.cachemesh.core.config.ConfigText;
import io.github.cachemesh.core.config.InvalidConfigurationException;
import io.github.cachemesh.core.config.Settings;
import io.github.cachemesh.core.config.SettingsSources;
import io.github.cachemesh.core.node.CacheNode;
import io.github.cachemesh.core.proxy.OkHttpUpstream;
import io.github.cachemesh.core.proxy.TrustedCertificates;
import io.github.cachemesh.testkit.clients.Gh;
import io.github.cachemesh.testkit.github.GitHubSimulator;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import okhttp3.Authenticator;

/**
 * A node of this process in front of a simulator, with the configuration of gh that leads to it.
 */
final class RunningNode implements AutoCloseable {
  private final CacheNode node;
  private final Path socket;
  private final Path ghConfig;

  private RunningNode(CacheNode node, Path socket, Path ghConfig) {
    this.node = node;
    this.socket = socket;
    this.ghConfig = ghConfig;
  }

  static RunningNode inFrontOf(GitHubSimulator github, Path folder, String freshness)
      throws IOException, InvalidConfigurationException {
    Path config = folder.resolve("cache-config.yml");
    String storage = github.uri() + "/_host/";
    Files.writeString(
        config,
        """
        proxy:
          upstream: %s
          freshness: %s
          origins:
            objects.githubusercontent.com: %sobjects.githubusercontent.com
            uploads.github.com: %suploads.github.com
        """
            .formatted(github.uri(), freshness, storage, storage));
    Path socket = folder.resolve("node.sock");
    Settings settings =
        Settings.load(
            new SettingsSources(
                ConfigText.read(config),
                null,
                Map.of("cache-dir", folder.resolve("cache").toString()),
                Map.of(),
                folder));
    CacheNode node =
        CacheNode.start(
            new CacheNode.Options(
                settings, new InetSocketAddress("127.0.0.1", 0), socket, "test", "test", null),
            new OkHttpUpstream(
                ProxySelector.of(null), Authenticator.NONE, TrustedCertificates.ofJdk()),
            Clock.systemUTC(),
            new SecureRandom());
    Path ghConfig = folder.resolve("gh");
    Gh.writeSocketSetting(ghConfig, socket);
    return new RunningNode(node, socket, ghConfig);
  }

  String url() {
    return String.valueOf(node.state().url());
  }

  Path socket() {
    return socket;
  }

  Path ghConfig() {
    return ghConfig;
  }

  CacheNode node() {
    return node;
  }

  @Override
  public void close() {
    node.close();
  }
}
