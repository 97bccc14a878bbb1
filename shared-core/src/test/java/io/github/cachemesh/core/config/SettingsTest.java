package io.github.cachemesh.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
  @Test
  void defaultsAreTheOriginals() throws Exception {
    Settings settings = Settings.load(TestSources.none());

    assertThat(settings.cache())
        .isEqualTo(
            new CacheSettings(
                true,
                5000,
                Duration.ofSeconds(300),
                Path.of("/home/runner/.cache/github-api-p2p"),
                true));
    assertThat(settings.p2p().listenPort()).isEqualTo(9000);
    assertThat(settings.proxy().upstream()).isEqualTo(URI.create("https://api.github.com"));
    assertThat(settings.proxy().maxBodyBytes()).isEqualTo(32 << 20);
    assertThat(settings.proxy().caFile()).isNull();
    assertThat(settings.proxy().etagFormula()).isTrue();
    assertThat(settings.network().discovery().github().peerTtl()).isEqualTo(Duration.ofMinutes(15));
    assertThat(settings.network().discovery().github().repository()).isNull();
    assertThat(settings.sharedSecret()).isNull();
    assertThat(settings.warnings()).isEmpty();
  }

  @Test
  void ttlOfUnknownOperationIsTheDefault() throws Exception {
    OperationTtls ttls =
        Settings.load(
                TestSources.cacheConfig(
                    """
                    cache: {default_ttl: 42}
                    operation_ttls: {list_repos: 7, list_gists: 9}
                    """))
            .operationTtls();

    assertThat(ttls.ttl("list_repos")).isEqualTo(Duration.ofSeconds(7));
    assertThat(ttls.ttl("list_gists")).isEqualTo(Duration.ofSeconds(9));
    assertThat(ttls.ttl("codeql_results")).isEqualTo(Duration.ofSeconds(86_400));
    assertThat(ttls.ttl("get_user")).isEqualTo(Duration.ofSeconds(42));
  }

  @ParameterizedTest
  @CsvSource({
    "30, 20, 10, 30",
    "'', 20, 10, 20",
    "' ', '', 10, 10",
    "'', '', '', 300",
    "30, '', '', 30",
    "'', 20, '', 20",
  })
  void environmentGoesBeforeInputsBeforeFilesBeforeDefaults(
      String environment, String input, String file, long expectedSeconds) throws Exception {
    Settings settings =
        Settings.load(
            TestSources.all(
                "cache:\n  default_ttl: " + file,
                Map.of("cache-ttl", input),
                Map.of("CACHE_DEFAULT_TTL", environment)));

    assertThat(settings.cache().defaultTtl()).isEqualTo(Duration.ofSeconds(expectedSeconds));
  }

  @ParameterizedTest
  @CsvSource({
    "CACHE_ENABLE_P2P, false, p2p.enabled, false",
    "CACHE_LISTEN_PORT, 9100, p2p.listen_port, 9100",
    "CACHE_DEFAULT_TTL, 60, cache.default_ttl, 60 s",
    "CACHE_DIR, ~/c, cache.directory, /home/runner/c",
    "CACHE_BOOTSTRAP_PEERS, '/ip4/192.0.2.1/tcp/1, /dns/a/tcp/2', p2p.bootstrap_peers,"
        + " '[/ip4/192.0.2.1/tcp/1, /dns/a/tcp/2]'",
    "CACHEMESH_UPSTREAM, http://localhost:8080/api/v3, proxy.upstream,"
        + " http://localhost:8080/api/v3",
    "CACHEMESH_ORIGINS, 'ghe.example.com=https://mirror.example.com', proxy.origins,"
        + " '[ghe.example.com=https://mirror.example.com]'",
    "CACHEMESH_ALLOWED_HOSTS, 'a.example.com,*.b.example.com', proxy.allowed_hosts,"
        + " '[a.example.com, *.b.example.com]'",
    "CACHEMESH_CA_FILE, /etc/ca.pem, proxy.ca_file, /etc/ca.pem",
    "CACHEMESH_MAX_CONNECTIONS, 1, proxy.max_connections, 1",
    "CACHEMESH_STALE_IF_ERROR, 0, proxy.stale_if_error, 0 s",
    "CACHEMESH_MAX_BODY_BYTES, 268435456, proxy.max_body_bytes, 268435456",
    "CACHEMESH_FRESHNESS, ttl, proxy.freshness, ttl",
    "CACHEMESH_ETAG_FORMULA, off, proxy.etag_formula, false",
    "CACHEMESH_MEMORY_BYTES, 1, proxy.memory_bytes, 1",
    "CACHEMESH_DISK_BYTES, 5000000000, proxy.disk_bytes, 5000000000",
    "CACHEMESH_LINGER, 86400, proxy.linger, 86400 s",
  })
  void environmentVariableSetsItsKey(String variable, String text, String key, String shown)
      throws Exception {
    Settings settings = Settings.load(TestSources.environment(Map.of(variable, text)));

    assertThat(settings.origins())
        .contains(new EffectiveValue(key, shown, new Origin.Environment(variable)));
  }

  @ParameterizedTest
  @CsvSource({
    "enable-p2p, false, p2p.enabled, false",
    "cache-size, 10, cache.max_size, 10",
    "cache-ttl, 60, cache.default_ttl, 60 s",
    "p2p-port, 0, p2p.listen_port, 0",
    "enable-peer-discovery, false, p2p.peer_discovery, false",
    "cache-dir, /var/cache/mesh, cache.directory, /var/cache/mesh",
    "freshness, ttl, proxy.freshness, ttl",
    "upstream, https://ghe.example.com/api/v3, proxy.upstream, https://ghe.example.com/api/v3",
  })
  void inputSetsItsKey(String input, String text, String key, String shown) throws Exception {
    Settings settings = Settings.load(TestSources.all("", Map.of(input, text), Map.of()));

    assertThat(settings.origins())
        .contains(new EffectiveValue(key, shown, new Origin.Input(input)));
  }

  @Test
  void listingNamesTheFileAndLineOfEachValue() throws Exception {
    Settings settings =
        Settings.load(TestSources.cacheConfig("# a comment\ncache:\n\n  max_size: 7\n"));

    assertThat(settings.origins().toString())
        .contains("cache.max_size = 7 (cache.yml:4)", "cache.enabled = true (default)");
  }

  @Test
  void secretIsShownNowhere() throws Exception {
    Settings settings =
        Settings.load(
            TestSources.environment(Map.of("CACHE_P2P_SHARED_SECRET", "correct horse battery")));

    assertThat(settings.sharedSecret()).isNotNull();
    assertThat(settings.sharedSecret().reveal()).isEqualTo("correct horse battery");
    assertThat(settings.toString()).doesNotContain("horse");
  }

  @Test
  void sourcesShowNoValuesOfTheEnvironment() {
    assertThat(TestSources.environment(Map.of("CACHE_P2P_SHARED_SECRET", "horse")).toString())
        .doesNotContain("horse");
  }

  @Test
  void userInformationOfAnAddressIsRefusedAndNotQuoted() {
    assertThat(
            TestSources.problemsAndWarnings(
                TestSources.environment(
                    Map.of("CACHEMESH_UPSTREAM", "https://me:horse@api.github.com"))))
        .containsExactly(
            "environment variable CACHEMESH_UPSTREAM: proxy.upstream: expected an http or https"
                + " address without user information, query or fragment, found another text");
  }

  @Test
  void fileThatIsTooLargeIsRefused(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("large.yml");
    byte[] bytes = new byte[ConfigText.MAX_BYTES + 1];
    Arrays.fill(bytes, (byte) '#');
    Files.write(file, bytes);

    assertThatExceptionOfType(InvalidConfigurationException.class)
        .isThrownBy(() -> ConfigText.read(file))
        .withMessageContaining("larger than 1048576 bytes");
  }

  @Test
  void fileThatIsNotUtf8IsRefused(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("latin1.yml");
    Files.write(file, new byte[] {'#', (byte) 0xe9, '\n'});

    assertThatExceptionOfType(InvalidConfigurationException.class)
        .isThrownBy(() -> ConfigText.read(file))
        .withMessageContaining("not UTF-8");
  }

  @Test
  void collectionsCannotBeChanged() throws Exception {
    List<String> peers =
        Settings.load(TestSources.cacheConfig("p2p: {bootstrap_peers: [/ip4/192.0.2.1]}"))
            .p2p()
            .bootstrapPeers();

    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> peers.add("/ip4/192.0.2.2"));
  }
}
