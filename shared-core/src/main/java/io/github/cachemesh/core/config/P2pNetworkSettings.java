package io.github.cachemesh.core.config;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything that p2p-config.yml may hold; each nested record is the section of its name. */
public record P2pNetworkSettings(
    Network network,
    Discovery discovery,
    Security security,
    CacheProtocol cacheProtocol,
    Performance performance,
    Accelerate ipfsAccelerate,
    Logging logging,
    Monitoring monitoring) {

  /**
   * The {@code network} section.
   *
   * @param networkId runners with the same id share
   */
  public record Network(
      @Setting(value = "Version of the network protocol", preset = "1.0.0") String protocolVersion,
      @Setting(value = "Runners with the same network id share", preset = "ipfs-datasets-py-cache")
          String networkId,
      Listen listen,
      Connections connections) {}

  /** The {@code network.listen} section. */
  public record Listen(
      @Setting(
              value = "IP addresses to listen on",
              preset = "0.0.0.0",
              pattern = "^[0-9A-Fa-f.:]{2,45}$",
              allowed = "an IP address")
          List<String> addresses,
      PortRange portRange,
      @Setting(value = "Transports to listen with", preset = "tcp") List<Transport> transports) {}

  /** The {@code network.listen.port_range} section: the first free port of it is taken. */
  public record PortRange(
      @Setting(value = "First port tried", preset = "9000", max = 65_535) int start,
      @Setting(value = "Last port tried", preset = "9010", max = 65_535) int end) {}

  /** Ways of carrying bytes between peers. */
  public enum Transport {
    TCP,
    QUIC,
    WEBSOCKET,
    WEBRTC
  }

  /** The {@code network.connections} section. */
  public record Connections(
      @Setting(value = "Most peers connected at once", preset = "20", min = 1, max = 10_000)
          int maxPeers,
      @Setting(value = "Peers below which more are looked for", preset = "2", max = 10_000)
          int minPeers,
      @Setting(
              value = "Seconds until a connection attempt is given up",
              preset = "30",
              min = 1,
              max = 3_600)
          Duration timeout,
      @Setting(value = "Seconds between keep-alives", preset = "60", min = 1, max = 86_400)
          Duration keepaliveInterval) {}

  /** The {@code discovery} section. */
  public record Discovery(
      @Setting(value = "Whether peers are discovered at all", preset = "true") boolean enabled,
      Methods methods,
      GithubRegistry github,
      @Setting(
              value = "Multiaddrs of peers to dial first",
              pattern = Patterns.MULTIADDR,
              allowed = Patterns.MULTIADDR_ALLOWED)
          List<String> bootstrapPeers,
      Mdns mdns,
      Dht dht,
      Relay relay,
      Autonat autonat) {}

  /** The {@code discovery.methods} section. */
  public record Methods(
      @Setting(value = "Whether the Actions cache is a registry of peers", preset = "true")
          boolean githubCacheApi,
      @Setting(value = "Whether the local network is asked", preset = "true") boolean mdns,
      @Setting(value = "Whether the DHT is asked", preset = "true") boolean dht,
      @Setting(value = "Whether the bootstrap peers are dialled", preset = "true")
          boolean bootstrap,
      @Setting(value = "Whether relays carry what cannot go directly", preset = "true")
          boolean circuitRelay,
      @Setting(value = "Whether this peer asks others if it can be reached", preset = "true")
          boolean autonat,
      @Setting(value = "Whether relayed connections are made direct", preset = "true")
          boolean holePunching) {}

  /**
   * The {@code discovery.github} section.
   *
   * @param repository owner/name of the registry's repository; null is the workflow's own
   */
  public record GithubRegistry(
      @Setting(
              value = "owner/name of the registry's repository; unset is the workflow's own",
              pattern = "^[A-Za-z0-9._-]+/[A-Za-z0-9._-]+$",
              allowed = "owner/name")
          @Nullable String repository,
      @Setting(
              value = "Prefix of the cache keys that hold peers",
              preset = "p2p-peers",
              pattern = "^[^,\\s]{1,256}$",
              allowed = "1 to 256 characters without commas or spaces")
          String peerCacheKey,
      @Setting(
              value = "Minutes until a peer's record is out of date",
              key = "peer_ttl_minutes",
              preset = "15",
              min = 1,
              max = 10_080,
              unit = Setting.Unit.MINUTES)
          Duration peerTtl,
      @Setting(value = "Seconds between look-ups", preset = "300", min = 1, max = 86_400)
          Duration discoveryInterval,
      @Setting(value = "Most peers taken from one look-up", preset = "10", min = 1, max = 1_000)
          int maxPeersPerQuery) {}

  /** The {@code discovery.mdns} section. */
  public record Mdns(
      @Setting(value = "Seconds between queries", preset = "5", min = 1, max = 3_600)
          Duration interval,
      @Setting(value = "Seconds for which an announcement holds", preset = "120", max = 86_400)
          Duration ttl) {}

  /** The {@code discovery.dht} section. */
  public record Dht(
      @Setting(value = "Peers in one bucket", preset = "20", min = 1, max = 1_000) int bucketSize,
      @Setting(value = "Seconds until a query is given up", preset = "60", min = 1, max = 3_600)
          Duration queryTimeout) {}

  /** The {@code discovery.relay} section. */
  public record Relay(
      @Setting(value = "Most relays in a row", preset = "3", min = 1, max = 16) int hopLimit,
      @Setting(
              value = "Seconds until a relayed dial is given up",
              preset = "30",
              min = 1,
              max = 3_600)
          Duration timeout,
      @Setting(
              value = "Multiaddrs of known relays",
              pattern = Patterns.MULTIADDR,
              allowed = Patterns.MULTIADDR_ALLOWED)
          List<String> relayAddrs) {}

  /** The {@code discovery.autonat} section. */
  public record Autonat(
      @Setting(value = "Whether this peer tells others if they can be reached", preset = "true")
          boolean enableServer,
      @Setting(value = "Seconds until a probe is given up", preset = "30", min = 1, max = 3_600)
          Duration timeout) {}

  /** The {@code security} section. */
  public record Security(
      Encryption encryption,
      AccessControl accessControl,
      ContentVerification contentVerification) {}

  /**
   * The {@code security.encryption} section.
   *
   * @param algorithm as the original's files name it; the original's own code uses Fernet
   */
  public record Encryption(
      @Setting(value = "Whether messages between peers are encrypted", preset = "true")
          boolean enabled,
      @Setting(
              value = "Cipher of messages between peers",
              preset = "AES-256-GCM",
              choices = {"AES-256-GCM", "Fernet"})
          String algorithm,
      KeyDerivation keyDerivation) {}

  /** The {@code security.encryption.key_derivation} section. */
  public record KeyDerivation(
      @Setting(value = "Whether the GitHub token is the shared secret", preset = "true")
          boolean useGithubToken,
      @Setting(value = "Iterations of PBKDF2", preset = "100000", min = 10_000, max = 10_000_000)
          int pbkdf2Iterations,
      @Setting(value = "Bits of the key", preset = "256", min = 128, max = 512) int keySize) {}

  /** The {@code security.access_control} section. */
  public record AccessControl(
      @Setting(value = "Whether peers must prove access to the same repository", preset = "true")
          boolean verifyRepositoryAccess,
      @Setting(value = "Whether bootstrap peers are trusted", preset = "true")
          boolean trustBootstrap,
      @Setting("Peer ids that are let in; none named lets in all that prove themselves")
          List<String> peerAllowlist,
      @Setting("Peer ids that are kept out") List<String> peerBlocklist) {}

  /**
   * The {@code security.content_verification} section.
   *
   * @param maxContentSize greatest content in bytes that is taken from a peer
   */
  public record ContentVerification(
      @Setting(value = "Whether content is hashed when it arrives", preset = "true")
          boolean verifyHashes,
      @Setting(value = "Whether content with another hash is refused", preset = "true")
          boolean rejectInvalid,
      @Setting(
              value = "Greatest content in bytes that is taken from a peer",
              preset = "104857600",
              min = 1,
              max = 1_073_741_824)
          long maxContentSize) {}

  /** The {@code cache_protocol} section. */
  public record CacheProtocol(
      @Setting(
              value = "Id of the protocol between peers",
              preset = "/github-cache/1.0.0",
              pattern = Patterns.PROTOCOL_ID,
              allowed = Patterns.PROTOCOL_ID_ALLOWED)
          String protocolId,
      @Setting(
              value = "Kinds of message that are spoken",
              preset = "cache_entry,cache_request,cache_response,peer_info",
              choices = {"cache_entry", "cache_request", "cache_response", "peer_info"})
          List<String> messageTypes,
      Broadcast broadcast,
      Sync sync) {}

  /** The {@code cache_protocol.broadcast} section. */
  public record Broadcast(
      @Setting(value = "Whether new entries are announced", preset = "true") boolean enabled,
      @Setting(value = "Which peers are told", preset = "all") Strategy strategy,
      @Setting(
              value = "How many peers the random and closest strategies tell",
              preset = "5",
              min = 1,
              max = 1_000)
          int peerCount,
      @Setting(value = "Attempts after the first one", preset = "3", max = 20) int retryCount) {}

  /** Which peers are told of a new entry. */
  public enum Strategy {
    ALL,
    RANDOM,
    CLOSEST
  }

  /** The {@code cache_protocol.sync} section. */
  public record Sync(
      @Setting(value = "Whether peers compare their entries", preset = "true") boolean enabled,
      @Setting(value = "Seconds between comparisons", preset = "600", min = 1, max = 86_400)
          Duration interval,
      @Setting(
              value = "Seconds of age beyond which entries are not compared",
              preset = "3600",
              max = 31_536_000)
          Duration maxAge) {}

  /** The {@code performance} section. */
  public record Performance(Buffers buffers, Compression compression, Throttling throttling) {}

  /** The {@code performance.buffers} section, in bytes. */
  public record Buffers(
      @Setting(value = "Bytes of the read buffer", preset = "65536", min = 1_024, max = 16_777_216)
          int readBuffer,
      @Setting(value = "Bytes of the write buffer", preset = "65536", min = 1_024, max = 16_777_216)
          int writeBuffer) {}

  /** The {@code performance.compression} section. */
  public record Compression(
      @Setting(value = "Whether messages are compressed", preset = "true") boolean enabled,
      @Setting(value = "How messages are compressed", preset = "gzip", choices = "gzip")
          String algorithm,
      @Setting(value = "Effort of compression", preset = "6", min = 1, max = 9) int level) {}

  /**
   * The {@code performance.throttling} section.
   *
   * @param maxBandwidthPerPeer bytes a second
   */
  public record Throttling(
      @Setting(
              value = "Most messages a second from one peer",
              preset = "100",
              min = 1,
              max = 1_000_000)
          int maxMessagesPerSec,
      @Setting(
              value = "Most bytes a second from one peer",
              preset = "10485760",
              min = 1_024,
              max = 1L << 40)
          long maxBandwidthPerPeer) {}

  /** The {@code ipfs_accelerate} section. */
  public record Accelerate(
      @Setting(value = "Whether peers of other repositories take part", preset = "true")
          boolean enabled,
      @Setting(value = "Whether ipfs_accelerate_py peers are accepted", preset = "true")
          boolean acceptAcceleratePeers,
      @Setting(value = "Network id shared with ipfs_accelerate_py", preset = "ipfs-github-cache")
          String sharedNetworkId,
      @Setting(
              value = "Protocols understood besides the main one",
              preset = "/github-cache/1.0.0,/ipfs-accelerate/cache/1.0.0",
              pattern = Patterns.PROTOCOL_ID,
              allowed = Patterns.PROTOCOL_ID_ALLOWED)
          List<String> compatibleProtocols) {}

  /** The {@code logging} section. */
  public record Logging(
      @Setting(value = "Least severity that is logged", preset = "info") Level level,
      @Setting(value = "Whether connections of peers are logged", preset = "true")
          boolean logConnections,
      @Setting(value = "Whether cache operations are logged", preset = "true") boolean logCacheOps,
      @Setting(value = "Whether every message is logged", preset = "false") boolean logMessages) {}

  /** Severities of log lines. */
  public enum Level {
    DEBUG,
    INFO,
    WARNING,
    ERROR
  }

  /** The {@code monitoring} section. */
  public record Monitoring(
      @Setting(value = "Whether metrics of peers are collected", preset = "true") boolean enabled,
      @Setting(
              value = "Metrics of peers that are collected",
              preset =
                  "peer_count,message_count,bytes_sent,bytes_received,cache_entries_shared,"
                      + "cache_entries_received",
              choices = {
                "peer_count",
                "message_count",
                "bytes_sent",
                "bytes_received",
                "cache_entries_shared",
                "cache_entries_received"
              })
          List<String> metrics) {}
}
