package io.github.cachemesh.core.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.json.JsonMapper;

/** What a policy can say, to the reader and to the schema in {@code .github}. */
class PolicyReaderTest {
  private static final Path SCHEMA =
      Path.of(System.getProperty("project.root"), ".github", "credential-policy.schema.json");

  @Test
  void everyMemberIsRead() throws Exception {
    List<Grant> grants = SamplePolicy.policy().grants();

    Grant deploy = grants.getFirst();
    assertThat(deploy.who())
        .containsEntry(Claim.EVENT_NAME, List.of("push", "workflow_dispatch"))
        .containsEntry(Claim.JOB_WORKFLOW_SHA, List.of("1234567e10234567890123456789012345678901"));
    assertThat(deploy.what()).extracting(Glob::pattern).containsExactly("DEPLOY_KEY", "AWS_*");
    assertThat(deploy.lasts()).isEqualTo(Duration.ofMinutes(15));
    assertThat(deploy.export()).isEqualTo(Export.FILE);
    assertThat(deploy.app()).isEmpty();
    Grant release = grants.getLast();
    assertThat(release.lasts()).isEqualTo(Duration.ofHours(1));
    assertThat(release.app().orElseThrow().repositories()).hasToString("[octocat/hello-world]");
    assertThat(release.app().orElseThrow().permissions())
        .isEqualTo(new TreeMap<>(Map.of("contents", "write", "pull_requests", "read")));
  }

  @Test
  void schemaTakesWhatTheReaderTakes() throws Exception {
    assertThat(schemaErrors(SamplePolicy.YAML)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "version: 1                | version: 2                 | version: 1 is the only version",
        "- id: deploy              | - id: 'a b'                | grants[0].id: an id has",
        "environment: production   | enviroment: production     | who.enviroment: no claim",
        "repository_id: 1296269    | repository: octocat/hello  | who.repository: no claim",
        "repository_id: 1296269    | repository_id: octocat     | who.repository_id: 'octocat' is"
            + " no",
        "ref_protected: true       | ref_protected: maybe       | who.ref_protected: true or false",
        "environment: production   | environment: prod*         | who.environment: * is not taken",
        "what: [DEPLOY_KEY, AWS_*] | what: []                   | what: a list of 1 to 100",
        "what: [DEPLOY_KEY, AWS_*] | what: ['A B']              | what: 'A B' is no name",
        "lasts: 15m                | lasts: 2d                  | lasts: 1s to 24h is wanted",
        "lasts: 15m                | last: 15m                  | last: there is no such member",
        "export: file              | export: log                | export: env, output or file",
        "permissions: {contents    | permissions: {Contents     | 'Contents: write' is no",
        "repositories: octocat/hello-world | repositories: octocat | 'octocat' is no repository",
        "export: file              | exports: file              | exports: there is no such member"
      })
  void readerAndSchemaRefuse(String there, String instead, String problem) throws Exception {
    String yaml = SamplePolicy.YAML.replace(there, instead);

    assertThat(yaml).isNotEqualTo(SamplePolicy.YAML);
    assertRefused(yaml, problem);
    assertThat(schemaErrors(yaml)).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{environment: production}                | it is for everybody on GitHub",
        "{job_workflow_ref: 'o/r/w.yml@main'}      | it is for everybody on GitHub",
        "{repository_id: 1}                       | it is for everybody who may push",
        "{repository_id: 1, ref: refs/heads/main} | it is for everybody who may push",
        "{repository_id: 1, ref_protected: false} | it is for everybody who may push",
        "{repository_owner_id: 1, event_name: push, runner_environment: self-hosted}"
            + " | it is for everybody who may push",
        "{} | it is for everybody on GitHub"
      })
  void grantThatIsWiderThanItCanBeMeantIsRefused(String who, String problem) throws Exception {
    String yaml = "version: 1\ngrants: [{id: a, who: %s, what: KEY, export: env}]".formatted(who);

    assertRefused(yaml, "grants[0].who: " + problem);
    assertThat(schemaErrors(yaml)).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({"environment: e", "ref_protected: true", "job_workflow_ref: o/r/w.yml@main"})
  void eachOfTheThreeGuardsIsEnough(String guard) throws Exception {
    String yaml =
        "version: 1\ngrants: [{id: a, who: {repository_id: 1, %s}, what: K, export: env}]"
            .formatted(guard);

    assertThat(PolicyReader.read("policy.yml", yaml).grants()).hasSize(1);
    assertThat(schemaErrors(yaml)).isEmpty();
  }

  @Test
  void commitThatLooksLikeANumberIsAText() throws Exception {
    String yaml = SamplePolicy.YAML.replace("'1234567e10", "1234567e10").replace("8901'", "8901");

    assertThat(PolicyReader.read("policy.yml", yaml)).isEqualTo(SamplePolicy.policy());
  }

  @Test
  void twoGrantsOfOneIdAreRefused() {
    assertRefused(SamplePolicy.YAML.replace("id: release", "id: deploy"), "another grant 'deploy'");
  }

  @ParameterizedTest
  @CsvSource({"what: RELEASE_*", "'what: [RELEASE_TOKEN, OTHER]'"})
  void whatAnAppMintsHasOneName(String what) {
    assertRefused(SamplePolicy.YAML.replace("what: RELEASE_TOKEN", what), "has one name");
  }

  @ParameterizedTest
  @CsvSource({
    "''",
    "'[]'",
    "'version: 1'",
    "'{version: 1, grants: []}'",
    "'version: 1\nversion: 1'",
    "'a: [b'",
    "'? {a: b}\n: c'",
    "'--- a\n--- b'"
  })
  void whatIsNoPolicyIsRefused(String yaml) {
    assertRefused(yaml, "policy.yml");
  }

  @Test
  void nestingIsBounded() {
    assertRefused("[".repeat(100_000), "nested deeper than 12 levels");
  }

  private static void assertRefused(String yaml, String problem) {
    assertThatExceptionOfType(InvalidPolicyException.class)
        .isThrownBy(() -> PolicyReader.read("policy.yml", yaml))
        .withMessageContaining(problem);
  }

  private static List<Error> schemaErrors(String yaml) throws IOException {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(JsonMapper.shared().readTree(Files.readString(SCHEMA)));
    Object loaded = new Load(LoadSettings.builder().build()).loadFromString(yaml);
    return schema.validate(JsonMapper.shared().valueToTree(loaded));
  }
}
