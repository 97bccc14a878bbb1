package io.github.cachemesh.core.sarif;

import static io.github.cachemesh.core.sarif.SampleSarif.SUCCESS;
import static io.github.cachemesh.core.sarif.SampleSarif.TOOL;
import static io.github.cachemesh.core.sarif.SampleSarif.log;
import static io.github.cachemesh.core.sarif.SampleSarif.read;
import static io.github.cachemesh.core.sarif.SampleSarif.result;
import static io.github.cachemesh.core.sarif.SampleSarif.results;
import static io.github.cachemesh.core.sarif.SampleSarif.run;
import static io.github.cachemesh.core.sarif.SampleSarif.withResults;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SarifReaderTest {
  @TempDir private Path folder;

  @Test
  void runHasItsToolAndPacks() throws IOException {
    SarifRun run = only(withResults());

    assertThat(run.tool()).isEqualTo("CodeQL");
    assertThat(run.toolVersion()).hasValue("2.20.5");
    assertThat(run.packs())
        .containsExactly(
            new Pack("codeql/js-all", Optional.of("1.0.0+abc")),
            new Pack("codeql/js-queries", Optional.empty()));
  }

  @Test
  void resultHasItsPlaceAndFingerprint() throws IOException {
    SarifResult result = onlyResult(result("js/xss", "src/a.js", 12, "3f:2"));

    assertThat(result.ruleId()).isEqualTo("js/xss");
    assertThat(result.path()).isEqualTo("src/a.js");
    assertThat(result.startLine()).isEqualTo(12);
    assertThat(result.locations()).isEqualTo(1);
    assertThat(result.primaryLocationLineHash()).hasValue("3f:2");
    assertThat(result.fingerprint()).isEqualTo(new LineHash(0x3F, 2));
  }

  @Test
  void resultIsAtItsFirstLocation() throws IOException {
    SarifResult result =
        onlyResult(
            """
            {'ruleId': 'r', 'locations': [
              {'physicalLocation': {'artifactLocation': {'uri': 'first'}}},
              {'physicalLocation': {'artifactLocation': {'uri': 'second'},
                                    'region': {'startLine': 7}}}]}
            """);

    assertThat(result.path()).isEqualTo("first");
    assertThat(result.startLine()).isZero();
    assertThat(result.locations()).isEqualTo(2);
  }

  @Test
  void resultWithoutLocationOrFingerprintHasNone() throws IOException {
    SarifResult result = onlyResult("{'ruleId': 'r'}");

    assertThat(result.path()).isEmpty();
    assertThat(result.startLine()).isZero();
    assertThat(result.primaryLocationLineHash()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'ruleId': 'js/xss' | ERROR",
        "'ruleId': 'js/note' | NOTE",
        "'ruleId': 'driver/rule' | WARNING",
        "'ruleId': 'nowhere/described' | WARNING",
        "'ruleId': 'js/xss', 'level': 'note' | NOTE",
        "'ruleId': 'js/xss', 'level': null | ERROR",
        "'ruleId': 'js/xss', 'kind': 'fail' | ERROR",
        "'ruleId': 'js/xss', 'kind': 'pass' | NONE",
        "'ruleId': 'js/xss', 'kind': 'pass', 'level': 'error' | ERROR",
        "'rule': {'id': 'js/xss', 'index': 1, 'toolComponent': {'index': 1}} | ERROR",
        "'rule': {'index': 1, 'toolComponent': {'index': 1}} | ERROR",
        "'rule': {'index': 0} | WARNING",
        "'ruleIndex': 0 | WARNING",
        "'ruleId': 'js/xss', 'ruleIndex': 0 | ERROR",
        "'ruleId': 'js/xss', 'ruleIndex': 2147483647 | ERROR",
        "'ruleId': 'js/xss', 'ruleIndex': -1 | ERROR"
      })
  void levelIsTheResultsElseItsRules(String members, Level level) throws IOException {
    assertThat(onlyResult("{" + members + "}").level()).isEqualTo(level);
  }

  @Test
  void rulesOfEqualIdAreToldApartByTheirIndex() throws IOException {
    String tool =
        """
        'tool': {'driver': {'name': 'CodeQL'}, 'extensions': [
          {'name': 'a', 'rules': [{'id': 'r', 'defaultConfiguration': {'level': 'note'}}]},
          {'name': 'b', 'rules': [{'id': 'r', 'defaultConfiguration': {'level': 'error'}}]}]}
        """;
    String result = "{'rule': {'id': 'r', 'index': 0, 'toolComponent': {'index': 1}}}";

    assertThat(read(log(run(tool, results(result)))).byLevel()).isEqualTo(Map.of(Level.ERROR, 1));
  }

  @ParameterizedTest
  @CsvSource({
    "10.0,CRITICAL",
    "9.0,CRITICAL",
    "8.9,HIGH",
    "7.0,HIGH",
    "6.9,MEDIUM",
    "4.0,MEDIUM",
    "3.9,LOW",
    "0.1,LOW"
  })
  void securitySeverityIsNamedAsGitHubDoes(String score, SecuritySeverity severity)
      throws IOException {
    assertThat(ofRuleWithScore(score).bySecuritySeverity()).isEqualTo(Map.of(severity, 1));
  }

  @ParameterizedTest
  @CsvSource({"0", "0.0", "-1", "NaN", "0x1p3", "1e3", "7d"})
  void whatIsNoScoreIsNoSecuritySeverity(String score) throws IOException {
    assertThat(ofRuleWithScore(score).bySecuritySeverity()).isEmpty();
  }

  private static SarifScan ofRuleWithScore(String score) throws IOException {
    String tool =
        "'tool': {'driver': {'name': 'x', 'rules': [{'id': 'r', 'properties':"
            + " {'security-severity': '%s'}}]}}".formatted(score);
    return read(log(run(tool, results("{'ruleId': 'r'}"))));
  }

  @Test
  void membersOfARunComeInAnyOrder() throws IOException {
    String[] members = {
      results(
          "{'rule': {'index': 1, 'toolComponent': {'index': 1}}, 'locations':"
              + " [{'physicalLocation': {'artifactLocation': {'index': 0}}}]}"),
      SUCCESS,
      "'artifacts': [{'location': {'uri': 'listed.js'}}]",
      TOOL
    };

    SarifRun run = only(log(run(members)));

    assertThat(run.results().getFirst().ruleId()).isEqualTo("js/xss");
    assertThat(run.results().getFirst().path()).isEqualTo("listed.js");
  }

  @ParameterizedTest
  @CsvSource({
    "src/a b.js,src/a b.js",
    "src/a%20b.js,src/a b.js",
    "%C3%A9.js,\u00e9.js",
    "src/a+b.js,src/a+b.js",
    "file:///tmp/x.js,/tmp/x.js",
    "100%.js,100%.js",
    "%zz,%zz",
    "%2,%2",
    "%FF.js,%FF.js"
  })
  void pathIsTheDecodedUri(String uri, String path) throws IOException {
    assertThat(onlyResult(result("r", uri, 1, "1:1")).path()).isEqualTo(path);
  }

  @Test
  void everyListedFileIsAnArtifactPath() throws IOException {
    String artifacts =
        "'artifacts': [{'location': {'uri': 'a%20b.js'}}, {'location': {'index': 4}}, {}]";

    SarifRun run = only(log(run(TOOL, artifacts, results(result("r", "c.js", 1, "1:1")))));

    assertThat(run.artifactPaths()).containsExactlyInAnyOrder("a b.js", "c.js");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[{'executionSuccessful': true}, {'executionSuccessful': true}] | true",
        "[{'executionSuccessful': true}, {'executionSuccessful': false}] | false",
        "[{}] | false",
        "[] | false",
        "null | false"
      })
  void runSucceededIfAllItsInvocationsSaySo(String invocations, boolean succeeded)
      throws IOException {
    assertThat(only(log(run(TOOL, "'invocations': " + invocations))).executionSuccessful())
        .isEqualTo(succeeded);
  }

  @Test
  void runTellsItsCategoryAndThatItIsPartial() throws IOException {
    SarifRun run =
        only(
            log(
                run(
                    TOOL,
                    "'automationDetails': {'id': '/language:javascript/'}",
                    "'properties': {'incrementalMode': 'diff-informed,overlay'}")));

    assertThat(run.category()).hasValue("/language:javascript/");
    assertThat(run.incrementalMode()).hasValue("diff-informed,overlay");
  }

  @Test
  void configurationIsKeptAsCompactJson() throws IOException {
    String summary = "{'queries': [ {'uses': './q.ql'} ], 'disableDefaultQueries' : true}";

    assertThat(
            only(log(run(TOOL, "'properties': {'codeqlConfigSummary': " + summary + "}")))
                .configSummary())
        .hasValue("{\"queries\":[{\"uses\":\"./q.ql\"}],\"disableDefaultQueries\":true}");
  }

  @Test
  void noResultsAreNotTheSameAsNoneFound() throws IOException {
    assertThat(only(log(run(TOOL))).hasResults()).isFalse();
    assertThat(only(log(run(TOOL, "'results': null"))).hasResults()).isFalse();
    assertThat(only(log(run(TOOL, "'results': []"))).hasResults()).isTrue();
  }

  @Test
  void extractionTellsWhichExpectedFilesWereMissed() throws IOException {
    String invocations =
        "'invocations': [{'executionSuccessful': true, 'toolExecutionNotifications': ["
            + String.join(
                ",",
                notification("js/diagnostics/successfully-extracted-files", "'uri': 'a.js'"),
                notification("js/diagnostics/successfully-extracted-files", "'index': 0"),
                notification("js/diagnostics/extraction-errors", "'uri': 'b.js'"),
                notification("cli/expected-extracted-files/javascript", "'uri': 'a.js'"),
                notification("cli/expected-extracted-files/javascript", "'uri': 'b.js'"),
                notification("js/baseline/expected-extracted-files", "'index': 0"))
            + "]}]";

    SarifRun run =
        only(log(run(TOOL, invocations, "'artifacts': [{'location': {'uri': 'c.js'}}]")));

    Extraction extraction = run.extraction().orElseThrow();
    assertThat(extraction).isEqualTo(new Extraction(2, 3, 1));
    assertThat(extraction.ratio()).isEqualTo(2.0 / 3);
  }

  private static String notification(String id, String location) {
    return "{'descriptor': {'id': '%s'}, 'locations': [{'physicalLocation': {'artifactLocation': {%s}}}]}"
        .formatted(id, location);
  }

  @Test
  void sizesAreTheLargestOfTheRun() throws IOException {
    String flows =
        "{'ruleId': 'r', 'locations': [{}, {}, {}], 'codeFlows': ["
            + "{'threadFlows': [{'locations': [{}, {}]}, {'locations': [{}]}]},"
            + "{'threadFlows': [{'locations': [{}]}]}]}";

    assertThat(only(withResults(flows, "{'ruleId': 'r', 'locations': [{}]}")).sizes())
        .isEqualTo(new RunSizes(2, 3, 2, 3, 4));
  }

  @Test
  void bytesAreThoseOfTheText() throws IOException {
    String text = withResults(result("r", "\u00e9.js", 1, "1:1")) + "\n";

    assertThat(read(text).bytes()).isEqualTo(text.getBytes(UTF_8).length);
  }

  @Test
  void gzippedFileIsKnownByItsFirstBytes() throws IOException {
    byte[] text = withResults(result("r", "a.js", 1, "1:1")).getBytes(UTF_8);
    Path plain = Files.write(folder.resolve("plain"), text);
    Path zipped = Files.write(folder.resolve("zipped"), SampleSarif.gzip(text));

    assertThat(SarifReader.read(zipped, SarifBounds.DEFAULT))
        .isEqualTo(SarifReader.read(plain, SarifBounds.DEFAULT));
  }

  @Test
  void gzipHeaderMayHaveEveryField() throws IOException {
    byte[] text = withResults().getBytes(UTF_8);
    byte[] zipped = SampleSarif.gzip(text);
    byte[] header = {0x1F, (byte) 0x8B, 8, 31, 1, 2, 3, 4, 0, 3, 1, 0, 'x', 'n', 0, 'c', 0, 5, 6};
    byte[] all = Arrays.copyOf(header, header.length + zipped.length - 10);
    System.arraycopy(zipped, 10, all, header.length, zipped.length - 10);

    assertThat(SarifReader.readGzip(new ByteArrayInputStream(all), SarifBounds.DEFAULT).bytes())
        .isEqualTo(text.length);
  }

  @Test
  void printedScanTellsNoAlert() throws IOException {
    SarifScan scan = read(withResults(result("js/xss", "src/secret.js", 1, "1:1")));
    ResultIdentity identity = ResultIdentity.of(scan.runs().getFirst().results().getFirst());

    assertThat(scan + " " + scan.runs().getFirst().results() + identity)
        .doesNotContain("xss", "secret");
  }

  private static SarifRun only(String text) throws IOException {
    SarifScan scan = read(text);
    assertThat(scan.runs()).hasSize(1);
    return scan.runs().getFirst();
  }

  private static SarifResult onlyResult(String result) throws IOException {
    return only(withResults(result)).results().getFirst();
  }
}
