package io.github.cachemesh.core.config;

import java.util.List;

/**
 * The {@code p2p} section of cache-config.yml.
 *
 * @param listenPort port for peers; 0 is any free one
 * @param peerDiscovery whether peers are looked for without being named
 * @param bootstrapPeers multiaddrs of peers to dial first
 */
public record P2pSettings(
    @Setting(
            value = "Whether runners share cache entries with each other",
            preset = "true",
            env = "CACHE_ENABLE_P2P",
            input = "enable-p2p")
        boolean enabled,
    @Setting(
            value = "Port for peers; 0 is any free port",
            preset = "9000",
            max = 65_535,
            env = "CACHE_LISTEN_PORT",
            input = "p2p-port")
        int listenPort,
    @Setting(
            value = "Whether peers are discovered through GitHub",
            preset = "true",
            input = "enable-peer-discovery")
        boolean peerDiscovery,
    @Setting(
            value = "Multiaddrs of peers to dial first",
            pattern = Patterns.MULTIADDR,
            allowed = Patterns.MULTIADDR_ALLOWED,
            env = "CACHE_BOOTSTRAP_PEERS")
        List<String> bootstrapPeers,
    Encryption encryption) {

  /**
   * The {@code p2p.encryption} section.
   *
   * @param tokenBased whether the key is derived from the GitHub token where no secret is shared
   */
  public record Encryption(
      @Setting(value = "Whether messages between peers are encrypted", preset = "true")
          boolean enabled,
      @Setting(
              value = "Whether the key comes from the GitHub token when no secret is shared",
              preset = "true")
          boolean tokenBased) {}
}
