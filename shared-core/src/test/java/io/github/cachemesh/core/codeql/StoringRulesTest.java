package io.github.cachemesh.core.codeql;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.core.sarif.Extraction;
import io.github.cachemesh.core.sarif.FingerprintMismatch;
import io.github.cachemesh.core.sarif.Pack;
import io.github.cachemesh.core.sarif.SarifRun;
import io.github.cachemesh.core.sarif.SarifScan;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoringRulesTest {
  private static final StoringDecision FULL = new StoringDecision.Store(Optional.empty());

  private boolean skipped;
  private String event = "push";
  private boolean fork;
  private ScanSettings settings = Samples.settings();
  private ScanSite site = Samples.site();
  private Optional<Refusal> unfit = Optional.empty();
  private String digest = Samples.DIGEST;
  private boolean completed = true;
  private final Map<String, String> environment = new HashMap<>(Samples.ENVIRONMENT);
  private Optional<String> config = Optional.of(SavedConfigTest.json());
  private boolean diffRanges;
  private Optional<Partial> pullRequest = Optional.empty();
  private Optional<SarifScan> sarif = Optional.of(Samples.sarif(Samples.run()));
  private Optional<String> limit = Optional.empty();
  private List<FingerprintMismatch> mismatches = List.of();
  private Optional<Extraction> best = Optional.empty();

  StoringRulesTest() {
    environment.put(
        "CODEQL_ACTION_CLI_VERSION_INFO",
        "{\"cmd\":\"/opt/codeql\",\"version\":{\"version\":\"2.25.6\",\"features\":{}}}");
    environment.put("CODEQL_ACTION_ANALYSIS_KEY", Samples.ANALYSIS_KEY);
    environment.put("CODEQL_ACTION_INIT_HAS_RUN", "true");
    environment.put("CODEQL_EXTRACTOR_CPP_TRAP_CACHING", "false");
  }

  private StoringDecision judge() {
    return StoringDecision.of(
        new ScanOutcome(
            skipped,
            event,
            fork,
            Samples.cacheable(settings, site),
            settings,
            site,
            unfit,
            digest,
            completed,
            environment,
            config.flatMap(SavedConfig::parse),
            diffRanges,
            pullRequest,
            sarif,
            limit,
            mismatches,
            best));
  }

  private Reason refused() {
    return switch (judge()) {
      case StoringDecision.Refuse(Refusal refusal) -> refusal.reason();
      case StoringDecision other -> throw new AssertionError(other);
    };
  }

  private Reason revoked() {
    return switch (judge()) {
      case StoringDecision.Revoke(Refusal refusal) -> refusal.reason();
      case StoringDecision other -> throw new AssertionError(other);
    };
  }

  private void run(SarifRun... runs) {
    sarif = Optional.of(Samples.sarif(runs));
  }

  @Test
  void scanThatWentAsAssumedIsStored() {
    assertThat(judge()).isEqualTo(FULL);
  }

  @Test
  void jobThatHitStoresNothing() {
    skipped = true;
    assertThat(refused()).isEqualTo(Reason.NOT_STORED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pull_request_target", "workflow_run", "issue_comment", ""})
  void eventThatMayScanOthersCodeStoresNothing(String other) {
    event = other;
    assertThat(refused()).isEqualTo(Reason.EVENT);
  }

  @Test
  void forksStoreNothing() {
    fork = true;
    assertThat(refused()).isEqualTo(Reason.FORK);
  }

  @Test
  void analysisThatDidNotCompleteIsNotStored() {
    completed = false;
    assertThat(refused()).isEqualTo(Reason.SCAN_FAILED);
  }

  @Test
  void checkoutThatIsUnfitAfterwardsIsNotStored() {
    unfit = Optional.of(new Refusal(Reason.IGNORED_FILES, "node_modules/x.js"));
    assertThat(refused()).isEqualTo(Reason.IGNORED_FILES);
  }

  @Test
  void checkoutThatIsAnotherAfterwardsIsNotStored() {
    digest = "0".repeat(64);
    assertThat(refused()).isEqualTo(Reason.DIRTY_TREE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CODEQL_EXTRACTOR_JAVASCRIPT_OPTION_X",
        "CODEQL_ACTION_EXTRA_OPTIONS",
        "CODEQL_OVERLAY_DATABASE_MODE",
        "LGTM_INDEX_FILTERS"
      })
  void variableSetAfterOurStepIsSeen(String name) {
    environment.put(name, "x");
    assertThat(refused()).isEqualTo(Reason.ENVIRONMENT_CHANGED);
  }

  @Test
  void savedConfigurationThatCannotBeReadIsNotStored() {
    config = Optional.of("{}");
    assertThat(refused()).isEqualTo(Reason.SCAN_FAILED);
    config = Optional.empty();
    assertThat(refused()).isEqualTo(Reason.SCAN_FAILED);
  }

  @Test
  void debugModeIsNotStored() {
    config = config.map(json -> json.replace("\"debugMode\":false", "\"debugMode\":true"));
    assertThat(refused()).isEqualTo(Reason.DEBUG_RERUN);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"code-scanning\"|\"code-scanning\",\"code-quality\"|SETTINGS_CHANGED",
        "[\"javascript\"]|[\"javascript\",\"python\"]|SETTINGS_CHANGED",
        "\"buildMode\":\"none\"|\"buildMode\":\"manual\"|SETTINGS_CHANGED",
        "security-extended|security-and-quality|CONFIG_CHANGED",
        "\"computedConfig\":{|\"computedConfig\":{\"paths-ignore\":[\"gen\"],|CONFIG_CHANGED",
        "\"repositoryProperties\":{}|\"repositoryProperties\":{\"x\":\"y\"}|PROPERTIES_CHANGED",
        "\"GitHub.com\"|\"GitHub Enterprise Server\"|UNSUPPORTED_SERVER"
      })
  void otherConfigurationThanAssumedRevokesTheEntry(String from, String to, Reason reason) {
    assertThat(SavedConfigTest.json()).contains(from);
    config = config.map(json -> json.replace(from, to));
    assertThat(revoked()).isEqualTo(reason);
  }

  @Test
  void otherCliThanNamedRevokesTheEntry() {
    environment.put(
        "CODEQL_ACTION_CLI_VERSION_INFO", "{\"cmd\":\"x\",\"version\":{\"version\":\"2.25.5\"}}");
    assertThat(revoked()).isEqualTo(Reason.TOOLS_CHANGED);
    environment.remove("CODEQL_ACTION_CLI_VERSION_INFO");
    assertThat(revoked()).isEqualTo(Reason.TOOLS_CHANGED);
  }

  @Test
  void otherAnalysisKeyThanAssumedRevokesTheEntry() {
    environment.put("CODEQL_ACTION_ANALYSIS_KEY", "other.yml:job");
    assertThat(revoked()).isEqualTo(Reason.WORKFLOW_CHANGED);
  }

  @Test
  void missingSarifIsNotStored() {
    sarif = Optional.empty();
    assertThat(refused()).isEqualTo(Reason.INVALID_SARIF);
  }

  @Test
  void sarifOfAnotherToolCategoryOrRunIsNotStored() {
    Optional<String> category = Optional.of(Samples.CATEGORY + "/");
    run();
    assertThat(refused()).isEqualTo(Reason.INVALID_SARIF);
    run(Samples.run(), Samples.run());
    assertThat(refused()).isEqualTo(Reason.INVALID_SARIF);
    run(Samples.run("ESLint", category, true, Optional.empty(), List.of(), List.of()));
    assertThat(refused()).isEqualTo(Reason.INVALID_SARIF);
    run(Samples.run("CodeQL", category, false, Optional.empty(), List.of(), List.of()));
    assertThat(refused()).isEqualTo(Reason.INVALID_SARIF);
    run(Samples.run("CodeQL", Optional.of("/x/"), true, Optional.empty(), List.of(), List.of()));
    assertThat(refused()).isEqualTo(Reason.CATEGORY);
    run(Samples.run("CodeQL", Optional.empty(), true, Optional.empty(), List.of(), List.of()));
    assertThat(refused()).isEqualTo(Reason.CATEGORY);
  }

  @Test
  void sarifBeyondTheLimitsIsNotStored() {
    limit = Optional.of("more than 25000 results in a run");
    assertThat(refused()).isEqualTo(Reason.LIMITS);
  }

  @Test
  void sarifThatDoesNotFitTheCheckoutIsNotStored() {
    mismatches =
        List.of(
            new FingerprintMismatch(
                "src/page.js", 3, FingerprintMismatch.Kind.DIFFERENT, "a:1", "b:1"));
    assertThat(refused()).isEqualTo(Reason.FINGERPRINT_MISMATCH);
  }

  @Test
  void packsOfTheSarifMustBeThoseOfTheKey() {
    settings = Samples.settings("packs", "+octo/pack@1.2.3:suites/a.qls");
    config =
        Optional.of(
            SavedConfigTest.json(
                "[\"javascript\"]",
                "{\"queries\":[{\"uses\":\"security-extended\"}],"
                    + "\"packs\":[\"octo/pack@1.2.3:suites/a.qls\"]}",
                "none",
                "[]"));
    assertThat(refused()).isEqualTo(Reason.PACKS_CHANGED);
    for (String version : List.of("1.2.4", "1.2.3+abc")) {
      SarifRun run = Samples.run();
      run(
          Samples.run(
              run.tool(),
              run.category(),
              true,
              Optional.empty(),
              List.of(new Pack("octo/pack", Optional.of(version))),
              run.results()));
      assertThat(judge().equals(FULL)).as(version).isEqualTo(version.startsWith("1.2.3"));
    }
  }

  @Test
  void eachSignOfPartialResultsMakesThemPartial() {
    pullRequest = Optional.of(Samples.PARTIAL);
    StoringDecision partial = new StoringDecision.Store(pullRequest);
    assertThat(judge()).isEqualTo(FULL);
    diffRanges = true;
    assertThat(judge()).isEqualTo(partial);
    diffRanges = false;
    String computed = "{\"queries\":[{\"uses\":\"security-extended\"}]}";
    config =
        Optional.of(
            SavedConfigTest.json(
                "[\"javascript\"]",
                computed,
                "none",
                "[{\"exclude\":{\"tags\":\"exclude-from-incremental\"}}]"));
    assertThat(judge()).isEqualTo(partial);
    config = Optional.of(SavedConfigTest.json("[\"javascript\"]", computed, "overlay", "[]"));
    assertThat(judge()).isEqualTo(partial);
    config = Optional.of(SavedConfigTest.json("[\"javascript\"]", computed, "overlay-base", "[]"));
    assertThat(judge()).isEqualTo(FULL);
    SarifRun run = Samples.run();
    run(
        Samples.run(
            run.tool(),
            run.category(),
            true,
            Optional.of("diff-informed,overlay"),
            List.of(),
            run.results()));
    assertThat(judge()).isEqualTo(partial);
    pullRequest = Optional.empty();
    assertThat(refused()).isEqualTo(Reason.PARTIAL);
  }

  @Test
  void tracedBuildIsStoredOnlyWhenItSawAsMuchAsBefore() {
    settings =
        Samples.with(
            Samples.with(Samples.settings("languages", "java-kotlin"), "build-mode", "none"),
            "traced-builds",
            "true");
    config = config.map(json -> json.replace("[\"javascript\"]", "[\"java\"]"));
    assertThat(refused()).isEqualTo(Reason.TRACED_BUILD);
    run(Samples.extracted(0, 0));
    assertThat(refused()).isEqualTo(Reason.TRACED_BUILD);
    run(Samples.extracted(52, 1_545));
    assertThat(judge()).isEqualTo(FULL);
    best = Optional.of(new Extraction(1_545, 1_545, 0));
    assertThat(refused()).isEqualTo(Reason.TRACED_BUILD);
    run(Samples.extracted(1_545, 1_545));
    assertThat(judge()).isEqualTo(FULL);
  }
}
