package io.github.cachemesh.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong in a file is told with its line, its key, what is there and what may be. */
class FileProblemsTest {
  @Test
  void everyProblemOfAFileIsReportedAtOnce() {
    assertThat(
            problems(
                """
                cache:
                  max_size: many
                  default_ttl: -1

                  persistence: "true"
                p2p:
                  listen_port: 65536
                  bootstrap_peers: [/ip4/192.0.2.1, 5, x]
                proxy:
                  origins:
                    ghe.example.com: ftp://x
                  freshness: always
                  allowed_hosts: example.com
                """))
        .containsExactly(
            "cache.yml:2: cache.max_size: expected an integer from 1 to 10000000, found text",
            "cache.yml:3: cache.default_ttl: expected an integer of seconds from 0 to 31536000,"
                + " found -1",
            "cache.yml:5: cache.persistence: expected true or false, found text",
            "cache.yml:7: p2p.listen_port: expected an integer from 0 to 65535, found 65536",
            "cache.yml:8: p2p.bootstrap_peers[1]: expected a multiaddr such as"
                + " /ip4/192.0.2.1/tcp/9000/p2p/12D3KooW…, found an integer",
            "cache.yml:8: p2p.bootstrap_peers[2]: expected a multiaddr such as"
                + " /ip4/192.0.2.1/tcp/9000/p2p/12D3KooW…, found another text",
            "cache.yml:11: proxy.origins.ghe.example.com: expected an http or https address"
                + " without user information, query or fragment, found another text",
            "cache.yml:12: proxy.freshness: expected one of revalidate, ttl, found another text",
            "cache.yml:13: proxy.allowed_hosts: expected a list of at most 1000 items,"
                + " found text");
  }

  @Test
  void unknownKeyIsAWarningWithTheNearestName() throws Exception {
    Settings settings =
        Settings.load(TestSources.cacheConfig("cache:\n  max_sise: 5\n\nsomething_else: 1\n"));

    assertThat(settings.warnings().stream().map(Problem::toString))
        .containsExactly(
            "cache.yml:2: cache.max_sise: unknown key; did you mean max_size?",
            "cache.yml:4: something_else: unknown key");
    assertThat(settings.cache().maxSize()).isEqualTo(5000);
  }

  @Test
  void operationCloseToAKnownOneIsAWarning() {
    assertThat(problems("operation_ttls:\n  list_repo: 5\n  list_gists: 6\n"))
        .containsExactly(
            "cache.yml:2: operation_ttls.list_repo: unusual name; did you mean list_repos?");
  }

  @Test
  void sectionThatIsNoMappingIsAnError() {
    assertThat(problems("cache: [1]"))
        .containsExactly("cache.yml:1: cache: expected a mapping, found a list");
  }

  @Test
  void emptySectionsAndKeysKeepTheirDefaults() {
    assertThat(problems("cache:\np2p:\n  enabled:\n  listen_port: null\n")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"''", "'# nothing'", "'---'", "null"})
  void emptyFileKeepsTheDefaults(String yaml) {
    assertThat(problems(yaml)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"yes, true", "no, false", "On, true", "off, false", "TRUE, true", "False, false"})
  void booleansOfYaml11AreUnderstood(String word, boolean expected) throws Exception {
    Settings settings = Settings.load(TestSources.cacheConfig("cache: {enabled: " + word + "}"));

    assertThat(settings.cache().enabled()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"off", "'\"off\"'", "false"})
  void etagFormulaIsASwitch(String word) throws Exception {
    Settings settings =
        Settings.load(TestSources.cacheConfig("proxy: {etag_formula: " + word + "}"));

    assertThat(settings.proxy().etagFormula()).isFalse();
  }

  @Test
  void numberForATextAsksForQuotes() {
    assertThat(
            TestSources.problemsAndWarnings(
                TestSources.p2pConfig("network: {protocol_version: 1.0}")))
        .containsExactly(
            "p2p.yml:1: network.protocol_version: expected a text, found a number; quote it");
  }

  @Test
  void rangesThatContradictEachOtherAreAnError() {
    assertThat(
            TestSources.problemsAndWarnings(
                TestSources.p2pConfig(
                    """
                    network:
                      listen:
                        port_range:
                          start: 9020
                      connections:
                        max_peers: 1
                    """)))
        .containsExactly(
            "p2p.yml:4: network.listen.port_range.start: network.listen.port_range.start is 9020,"
                + " more than network.listen.port_range.end, which is 9010",
            "p2p.yml:6: network.connections.max_peers: network.connections.min_peers is 2, more"
                + " than network.connections.max_peers, which is 1");
  }

  @Test
  void onlyAHundredProblemsAreListed() {
    List<String> problems = problems(manyUnknownKeys());

    assertThat(problems).hasSize(100);
    assertThat(problems.getLast()).endsWith("more problems follow that are not listed");
  }

  private static String manyUnknownKeys() {
    StringBuilder yaml = new StringBuilder();
    for (int i = 0; i < 500; i++) {
      yaml.append("unknown_").append(i).append(": 1\n");
    }
    return yaml.toString();
  }

  private static List<String> problems(String yaml) {
    return TestSources.problemsAndWarnings(TestSources.cacheConfig(yaml));
  }
}
