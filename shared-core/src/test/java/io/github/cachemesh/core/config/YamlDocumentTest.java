package io.github.cachemesh.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hostile and malformed documents are refused with a line, at once and without much work. */
class YamlDocumentTest {
  @Test
  void keyThatIsThereTwiceIsAnErrorAtTheSecondLine() {
    assertThat(problems("cache:\n  max_size: 1\n  enabled: true\n  max_size: 2\n"))
        .containsExactly("cache.yml:4: cache.max_size: the key is there twice");
  }

  @Test
  void keyThatIsThereTwiceIsAnErrorWhereNothingIsKnownToo() {
    assertThat(problems("x:\n  - {a: 1, b: 2, a: 3}\n"))
        .startsWith("cache.yml:2: x.a: the key is there twice");
  }

  @Test
  void nestingBeyondTheBoundIsRefused() {
    assertThat(problems("x: " + "[".repeat(YamlDocument.MAX_DEPTH)))
        .containsExactly("cache.yml:1: x: nested deeper than 32 levels");
  }

  @Test
  void nestingUpToTheBoundIsRead() {
    int inner = YamlDocument.MAX_DEPTH - 1;
    assertThat(problems("x: " + "[".repeat(inner) + "]".repeat(inner)))
        .containsExactly("cache.yml:1: x: unknown key");
  }

  @Test
  void aMebibyteOfBracketsIsRefusedAtTheBound() {
    assertThat(problems("[".repeat(ConfigText.MAX_BYTES)))
        .containsExactly("cache.yml:1: nested deeper than 32 levels");
  }

  @Test
  void textThatIsTooLargeIsRefused() {
    assertThat(problems("#".repeat(ConfigText.MAX_BYTES + 1)))
        .containsExactly("cache.yml:1: the file is larger than 1048576 bytes");
  }

  @Test
  void aliasesThatMultiplyAreNotExpanded() {
    StringBuilder yaml = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 10; i++) {
      yaml.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(10)));
    }
    yaml.append("p2p: {bootstrap_peers: *a9}\n");

    assertThat(problems(yaml.toString()))
        .hasSize(10)
        .allSatisfy(problem -> assertThat(problem).endsWith("found a list"));
  }

  @Test
  void aliasesBeyondTheBoundAreRefused() {
    assertThat(problems("x: &x 1\ny: [" + "*x, ".repeat(YamlDocument.MAX_ALIASES + 1) + "]"))
        .containsExactly("cache.yml:2: y: more than 100 aliases");
  }

  @Test
  void aliasThatHoldsItselfIsNotFollowed() {
    assertThat(problems("p2p:\n  bootstrap_peers: &a [*a]\n"))
        .singleElement()
        .asString()
        .startsWith("cache.yml:2: p2p.bootstrap_peers[0]: expected a multiaddr");
  }

  @Test
  void aliasOfAScalarIsRead() throws Exception {
    Settings settings =
        Settings.load(TestSources.cacheConfig("cache: {max_size: &n 77, default_ttl: *n}"));

    assertThat(settings.cache().defaultTtl()).hasSeconds(77);
  }

  @Test
  void secondDocumentIsAnError() {
    assertThat(problems("cache:\n  max_size: 5\n---\ncache: {}\n"))
        .containsExactly("cache.yml:3: expected one document, found another one");
  }

  @ParameterizedTest
  @ValueSource(strings = {"? [a, b]\n: 1\n", "? {a: 1}\n: 1\n"})
  void keyThatIsNoTextIsAnError(String yaml) {
    assertThat(problems(yaml))
        .startsWith("cache.yml:1: ?: expected a text as key, found a list, a mapping or an alias");
  }

  @Test
  void taggedValueIsRefused() {
    assertThat(problems("cache:\n  directory: !!python/object:os.system ls\n"))
        .containsExactly(
            "cache.yml:2: cache.directory: expected a path, found a value with a tag of its own");
  }

  @Test
  void syntaxErrorHasItsLine() {
    assertThat(problems("cache:\n  max_size: 1\n bad indent: 2\n"))
        .singleElement()
        .asString()
        .startsWith("cache.yml:3: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"\\UFFFFFFFF\": 1", "\"\\U00110000\": 1"})
  void escapeOfNoCharacterIsRefused(String yaml) {
    assertThat(problems(yaml)).singleElement().asString().startsWith("cache.yml:1: not YAML: ");
  }

  @Test
  void textThatAlmostMatchesItsPatternIsRefusedWhateverItsLength() {
    assertThat(problems("proxy: {allowed_hosts: ['" + "a.".repeat(2000) + "!']}"))
        .singleElement()
        .asString()
        .startsWith("cache.yml:1: proxy.allowed_hosts[0]: expected a host name");
  }

  @Test
  void lineBreaksInKeysCannotForgeALineOfTheLog() {
    assertThat(problems("\"a\\n::error::forged\\u2028\\e[31m\": 1\n"))
        .containsExactly("cache.yml:1: a?::error::forged??[31m: unknown key");
  }

  private static List<String> problems(String yaml) {
    return TestSources.problemsAndWarnings(TestSources.cacheConfig(yaml));
  }
}
