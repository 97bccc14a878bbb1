package io.github.cachemesh.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The schemas and the sample files in {@code .github} say what the code does. To write the schemas
 * anew: {@code -Dschemas.write=true}.
 */
class ConfigSchemaTest {
  private static final Path GITHUB = Path.of(System.getProperty("project.root"), ".github");
  private static final JsonMapper JSON = new JsonMapper();

  @Test
  void schemaOfCacheConfigFollowsFromTheDeclaration() throws IOException {
    assertSame(
        "cache-config.schema.json",
        SchemaFile.of("Cachemesh: .github/cache-config.yml", CacheFile.class));
  }

  @Test
  void schemaOfP2pConfigFollowsFromTheDeclaration() throws IOException {
    assertSame(
        "p2p-config.schema.json",
        SchemaFile.of("Cachemesh: .github/p2p-config.yml", P2pNetworkSettings.class));
  }

  private static void assertSame(String name, String schema) throws IOException {
    Path file = GITHUB.resolve(name);
    if (Boolean.getBoolean("schemas.write")) {
      Files.writeString(file, schema);
    }
    assertThat(Files.readString(file)).isEqualTo(schema);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cache-config", "p2p-config"})
  void schemaAcceptsTheSample(String name) throws IOException {
    assertThat(errors(name, Files.readString(GITHUB.resolve(name + ".yml")))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "cache-config, 'cache: {max_size: 0}'",
    "cache-config, 'cache: {max_sise: 5}'",
    "cache-config, 'operation_ttls: {list_repos: soon}'",
    "cache-config, 'proxy: {allowed_hosts: [\"https://x\"]}'",
    "cache-config, 'proxy: {upstream: \"https://user@api.github.com\"}'",
    "p2p-config, 'network: {listen: {transports: [pigeon]}}'",
    "p2p-config, 'performance: {compression: {level: 10}}'"
  })
  void schemaRefusesWhatTheReaderReports(String name, String yaml) throws IOException {
    assertThat(errors(name, yaml)).isNotEmpty();
    ConfigText text = new ConfigText(name, yaml);
    assertThat(
            TestSources.problemsAndWarnings(
                name.startsWith("cache")
                    ? TestSources.cacheConfig(text)
                    : TestSources.p2pConfig(text)))
        .isNotEmpty();
  }

  @Test
  void samplesHoldEveryKeyWithItsDefault() throws Exception {
    Settings defaults = Settings.load(TestSources.none());
    Settings samples =
        Settings.load(
            TestSources.files(
                ConfigText.read(GITHUB.resolve("cache-config.yml")),
                ConfigText.read(GITHUB.resolve("p2p-config.yml"))));

    assertThat(samples.warnings()).isEmpty();
    assertThat(samples.origins())
        .filteredOn(value -> !value.value().equals("unset"))
        .allSatisfy(value -> assertThat(value.origin()).isInstanceOf(Origin.FileLine.class));
    assertThat(values(samples)).isEqualTo(values(defaults));
  }

  private static List<Map.Entry<String, String>> values(Settings settings) {
    return settings.origins().stream().map(value -> Map.entry(value.key(), value.value())).toList();
  }

  private static List<com.networknt.schema.Error> errors(String name, String yaml)
      throws IOException {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(JSON.readTree(Files.readString(GITHUB.resolve(name + ".schema.json"))));
    Object loaded = new Load(LoadSettings.builder().build()).loadFromString(yaml);
    JsonNode node = JSON.valueToTree(loaded);
    return schema.validate(node);
  }
}
