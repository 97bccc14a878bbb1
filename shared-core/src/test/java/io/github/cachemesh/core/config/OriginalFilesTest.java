package io.github.cachemesh.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Files in the original's shape, with every one of its keys and none at its default. */
class OriginalFilesTest {
  private static final String CACHE_CONFIG =
      """
      cache:
        enabled: false
        max_size: 50   # entries
        default_ttl: 30
        directory: "/var/cache/x"
        persistence: false
      p2p:
        enabled: false
        listen_port: 9100
        peer_discovery: false
        bootstrap_peers:
          - /ip4/192.0.2.1/tcp/9000/p2p/QmPeer
        encryption:
          enabled: false
          token_based: false
      content_addressing:
        enabled: false
        validation:
          repos: false
          workflows: false
          runners: false
      rate_limiting:
        warning_threshold: 10
        aggressive_threshold: 5
        cache_first_mode: false
      monitoring:
        enabled: false
        log_stats: false
        export_metrics: true
        metrics_format: "prometheus"
      operation_ttls:
        list_repos: 1
        get_repo_info: 2
        list_workflows: 3
        get_workflow_runs: 4
        get_workflow_run: 5
        list_runners: 6
        get_runner_status: 7
        copilot_completion: 8
        codeql_results: 9
      ipfs_accelerate_integration:
        enabled: false
        use_compatible_formats: false
        share_with_accelerate: false
        accept_from_accelerate: false
      """;

  private static final String P2P_CONFIG =
      """
      network:
        protocol_version: "2.0.0"
        network_id: other
        listen:
          addresses: ["127.0.0.1", "::1"]
          port_range: {start: 9100, end: 9101}
          transports: [tcp, quic]
        connections: {max_peers: 21, min_peers: 3, timeout: 31, keepalive_interval: 61}
      discovery:
        enabled: false
        methods:
          github_cache_api: false
          mdns: false
          dht: false
          bootstrap: false
          circuit_relay: false
          autonat: false
          hole_punching: false
        github:
          repository: octo-org/octo-repo
          peer_cache_key: peers
          peer_ttl_minutes: 16
          discovery_interval: 301
          max_peers_per_query: 11
        bootstrap_peers: [/dns/a.example/tcp/1]
        mdns: {interval: 6, ttl: 121}
        dht: {bucket_size: 21, query_timeout: 61}
        relay: {hop_limit: 4, timeout: 31, relay_addrs: [/dns/r.example/tcp/1]}
        autonat: {enable_server: false, timeout: 31}
      security:
        encryption:
          enabled: false
          algorithm: Fernet
          key_derivation: {use_github_token: false, pbkdf2_iterations: 100001, key_size: 128}
        access_control:
          verify_repository_access: false
          trust_bootstrap: false
          peer_allowlist: [QmA]
          peer_blocklist: [QmB]
        content_verification: {verify_hashes: false, reject_invalid: false, max_content_size: 1}
      cache_protocol:
        protocol_id: /github-cache/2.0.0
        message_types: [cache_entry]
        broadcast: {enabled: false, strategy: closest, peer_count: 6, retry_count: 4}
        sync: {enabled: false, interval: 601, max_age: 3601}
      performance:
        buffers: {read_buffer: 65537, write_buffer: 65538}
        compression: {enabled: false, algorithm: gzip, level: 7}
        throttling: {max_messages_per_sec: 101, max_bandwidth_per_peer: 10485761}
      ipfs_accelerate:
        enabled: false
        accept_accelerate_peers: false
        shared_network_id: shared
        compatible_protocols: [/a/1]
      logging: {level: debug, log_connections: false, log_cache_ops: false, log_messages: true}
      monitoring: {enabled: false, metrics: [peer_count]}
      """;

  @Test
  void cacheConfigLoadsAsItIs() throws Exception {
    Settings settings = Settings.load(TestSources.cacheConfig(CACHE_CONFIG));

    assertThat(settings.warnings()).isEmpty();
    assertThat(settings.cache())
        .isEqualTo(
            new CacheSettings(false, 50, Duration.ofSeconds(30), Path.of("/var/cache/x"), false));
    assertThat(settings.p2p())
        .isEqualTo(
            new P2pSettings(
                false,
                9100,
                false,
                List.of("/ip4/192.0.2.1/tcp/9000/p2p/QmPeer"),
                new P2pSettings.Encryption(false, false)));
    assertThat(settings.contentAddressing())
        .isEqualTo(
            new ContentAddressingSettings(
                false, new ContentAddressingSettings.Validation(false, false, false)));
    assertThat(settings.rateLimiting()).isEqualTo(new RateLimitSettings(10, 5, false));
    assertThat(settings.monitoring())
        .isEqualTo(
            new MonitoringSettings(
                false, false, true, MonitoringSettings.MetricsFormat.PROMETHEUS));
    assertThat(settings.accelerate()).isEqualTo(new AccelerateSettings(false, false, false, false));
    assertThat(settings.operationTtls().byOperation().values())
        .extracting(Duration::toSeconds)
        .containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
  }

  @Test
  void p2pConfigLoadsAsItIs() throws Exception {
    Settings settings = Settings.load(TestSources.p2pConfig(P2P_CONFIG));
    P2pNetworkSettings network = settings.network();

    assertThat(settings.warnings()).isEmpty();
    assertThat(network.network().listen().transports())
        .containsExactly(P2pNetworkSettings.Transport.TCP, P2pNetworkSettings.Transport.QUIC);
    assertThat(network.network().connections())
        .isEqualTo(
            new P2pNetworkSettings.Connections(
                21, 3, Duration.ofSeconds(31), Duration.ofSeconds(61)));
    assertThat(network.discovery().github())
        .isEqualTo(
            new P2pNetworkSettings.GithubRegistry(
                "octo-org/octo-repo",
                "peers",
                Duration.ofMinutes(16),
                Duration.ofSeconds(301),
                11));
    assertThat(network.cacheProtocol().broadcast())
        .isEqualTo(
            new P2pNetworkSettings.Broadcast(false, P2pNetworkSettings.Strategy.CLOSEST, 6, 4));
    assertThat(network.monitoring().metrics()).containsExactly("peer_count");
  }

  @Test
  void everyKeyOfP2pConfigTakesItsOwnValue() throws Exception {
    Settings defaults = Settings.load(TestSources.none());
    Settings settings = Settings.load(TestSources.p2pConfig(P2P_CONFIG));

    assertThat(settings.origins())
        .filteredOn(value -> value.origin() instanceof Origin.FileLine)
        .hasSize(71)
        .filteredOn(value -> !value.key().equals("performance.compression.algorithm"))
        .allSatisfy(
            value ->
                assertThat(defaults.origins())
                    .noneMatch(
                        other ->
                            other.key().equals(value.key())
                                && other.value().equals(value.value())));
  }
}
