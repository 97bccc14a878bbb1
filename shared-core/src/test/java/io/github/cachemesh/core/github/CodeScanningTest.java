package io.github.cachemesh.core.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cachemesh.testkit.github.Fault;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.json.JsonMapper;

@Timeout(30)
class CodeScanningTest {
  private static final String MAIN = "refs/heads/main";
  private static final String CATEGORY = "/language:java/";

  private Rig rig;
  private CodeScanning scanning;

  @BeforeEach
  void start() throws Exception {
    rig = new Rig();
    scanning = new CodeScanning(rig.api, Rig.REPOSITORY);
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  private Analysis only() throws Exception {
    Listing<Analysis> found = scanning.analyses(AnalysisQuery.of(MAIN, "CodeQL"));
    assertThat(found.complete()).isTrue();
    assertThat(found.items()).hasSize(1);
    return found.items().getFirst();
  }

  @Test
  void analysisIsReadWithEveryField() throws Exception {
    rig.upload(MAIN, CATEGORY);
    Analysis analysis = only();
    assertThat(analysis.ref()).isEqualTo(MAIN);
    assertThat(analysis.commitSha()).isEqualTo(Rig.COMMIT);
    assertThat(analysis.analysisKey()).isEqualTo(".github/workflows/codeql.yml:analyze");
    assertThat(analysis.environment()).isEqualTo("{}");
    assertThat(analysis.category()).isEqualTo("/language:java");
    assertThat(analysis.error()).isEmpty();
    assertThat(analysis.warning()).isEmpty();
    assertThat(analysis.createdAt()).isBetween(Instant.now().minusSeconds(60), Instant.now());
    assertThat(analysis.resultsCount()).isEqualTo(1);
    assertThat(analysis.rulesCount()).isEqualTo(1);
    assertThat(analysis.toolName()).isEqualTo("CodeQL");
    assertThat(analysis.toolVersion()).contains("2.20.5");
    assertThat(analysis.deletable()).isTrue();
    assertThat(scanning.analysis(analysis.id())).isEqualTo(analysis);
    assertThat(scanning.analyses(AnalysisQuery.ofUpload(analysis.sarifId())).items())
        .containsExactly(analysis);
  }

  @Test
  void analysesOfOtherRefsAreLeftOut() throws Exception {
    rig.upload("refs/pull/7/merge", CATEGORY);
    rig.upload(MAIN, CATEGORY);
    assertThat(only().ref()).isEqualTo(MAIN);
  }

  @Test
  void noAnalysisIsAnEmptyList() throws Exception {
    assertThat(scanning.analyses(AnalysisQuery.of(MAIN, "CodeQL")))
        .isEqualTo(new Listing<>(List.of(), true));
  }

  @Test
  void listIsReadToItsEndOrItsBound() throws Exception {
    for (int i = 0; i < 101; i++) {
      rig.upload(MAIN, "/project" + i + "/");
    }
    Listing<Analysis> all = scanning.analyses(AnalysisQuery.of(MAIN, "CodeQL"));
    assertThat(all.items()).hasSize(101);
    assertThat(all.complete()).isTrue();
    assertThat(all.items().getFirst().category()).isEqualTo("/project100");

    try (Rig bounded = new Rig(onePage())) {
      for (int i = 0; i < 101; i++) {
        bounded.upload(MAIN, "/project" + i + "/");
      }
      Listing<Analysis> page =
          new CodeScanning(bounded.api, Rig.REPOSITORY).analyses(AnalysisQuery.of(MAIN, ""));
      assertThat(page.items()).hasSize(100);
      assertThat(page.complete()).isFalse();
    }
  }

  private static ApiLimits onePage() {
    return new ApiLimits(
        Duration.ofSeconds(20), Duration.ofSeconds(5), Duration.ofSeconds(5), 2, 1, 16 << 20);
  }

  @Test
  void sarifIsReadAsGitHubKeptIt() throws Exception {
    rig.upload(MAIN, CATEGORY);
    try (InputStream sarif = scanning.sarif(only().id(), 1 << 20)) {
      assertThat(new String(sarif.readAllBytes(), StandardCharsets.UTF_8))
          .contains("\"primaryLocationLineHash\":\"39fa2ee980eb94b0:1\"", CATEGORY);
    }
  }

  @Test
  void realFileIsCountedAndReadBackWithEveryFingerprint() throws Exception {
    Path file = Path.of(System.getProperty("vectors.dir"), "sarif", "javascript-juice-shop.sarif");
    assertThat(file).as("the shared data beside the checkout").exists();
    rig.uploadSarif(MAIN, Files.readString(file));
    Analysis analysis = only();
    assertThat(analysis.resultsCount()).isEqualTo(422);
    assertThat(analysis.toolVersion()).contains("2.9.2");
    try (InputStream sarif = scanning.sarif(analysis.id(), 16 << 20)) {
      assertThat(fingerprints(sarif))
          .hasSize(422)
          .isEqualTo(fingerprints(Files.newInputStream(file)));
    }
  }

  private static List<String> fingerprints(InputStream sarif) {
    return JsonMapper.shared()
        .readTree(sarif)
        .at("/runs/0/results")
        .valueStream()
        .map(
            result ->
                result.path("ruleId").stringValue()
                    + result.at("/locations/0/physicalLocation/artifactLocation/uri").stringValue()
                    + result.at("/partialFingerprints/primaryLocationLineHash").stringValue())
        .sorted()
        .toList();
  }

  @Test
  void sarifOverTheBoundIsNotReadToItsEnd() throws Exception {
    rig.upload(MAIN, CATEGORY);
    try (InputStream sarif = scanning.sarif(only().id(), 100)) {
      assertThatThrownBy(sarif::readAllBytes)
          .isInstanceOf(GitHubUnavailableException.class)
          .hasMessageContaining("longer than 100 bytes");
    }
  }

  @Test
  void sarifThatBreaksOffIsNotTakenForTheWhole() throws Exception {
    rig.upload(MAIN, CATEGORY);
    long id = only().id();
    rig.simulator.faults().inject(".*/analyses/\\d+", new Fault.Truncate(60), 1);
    try (InputStream sarif = scanning.sarif(id, 1 << 20)) {
      assertThatThrownBy(sarif::readAllBytes).isInstanceOf(GitHubUnavailableException.class);
    }
  }

  @Test
  void jobWithoutThePermissionIsToldWhichOne() {
    assertThatThrownBy(
            () ->
                new CodeScanning(rig.poorApi, Rig.REPOSITORY)
                    .analyses(AnalysisQuery.of(MAIN, "CodeQL")))
        .isInstanceOfSatisfying(
            GitHubForbiddenException.class,
            e -> assertThat(e.permission()).isEqualTo(Permission.SECURITY_EVENTS))
        .hasMessageContaining("security-events: read");
  }

  @Test
  void repositoryThatIsNotThereIsAbsent() {
    CodeScanning nowhere = new CodeScanning(rig.api, new RepositoryName("octo-org", "nowhere"));
    assertThatThrownBy(() -> nowhere.analyses(AnalysisQuery.of(MAIN, "CodeQL")))
        .isInstanceOf(GitHubAbsentException.class)
        .hasMessageContaining("octo-org/nowhere");
  }
}
