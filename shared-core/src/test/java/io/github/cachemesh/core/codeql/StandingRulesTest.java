package io.github.cachemesh.core.codeql;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.core.git.Unfitness;
import io.github.cachemesh.core.sarif.Extraction;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When a stored result may stand for a scan: the eleven rules, one test or more each. */
class StandingRulesTest {
  private final FixedEvidence evidence = new FixedEvidence();

  private Reason decide() {
    return evidence.decide().reason();
  }

  private Reason keyed(ScanSettings settings, ScanSite site) {
    evidence.cacheability = Cacheability.of(settings, site);
    return decide();
  }

  @Test
  void rule1OnlyACleanAndWholeCheckoutIsSkipped() {
    Map<Unfitness, Reason> reasons = new EnumMap<>(Unfitness.class);
    reasons.put(Unfitness.NO_CHECKOUT, Reason.NO_CHECKOUT);
    reasons.put(Unfitness.UNSUPPORTED, Reason.NO_CHECKOUT);
    reasons.put(Unfitness.DIRTY, Reason.DIRTY_TREE);
    reasons.put(Unfitness.DIRTY_SUBMODULE, Reason.DIRTY_TREE);
    reasons.put(Unfitness.UNTRACKED, Reason.UNTRACKED_FILES);
    reasons.put(Unfitness.IGNORED, Reason.IGNORED_FILES);
    reasons.put(Unfitness.SPARSE, Reason.SPARSE_CHECKOUT);
    reasons.put(Unfitness.FLAGGED, Reason.FLAGGED_FILES);
    reasons.put(Unfitness.MISSING_SUBMODULE, Reason.MISSING_SUBMODULE);
    reasons.put(Unfitness.MISSING_LFS, Reason.MISSING_LFS);
    assertThat(reasons).hasSize(Unfitness.values().length);
    reasons.forEach(
        (unfitness, reason) -> {
          evidence.unfit = Optional.of(new Refusal(Reason.of(unfitness), "src/page.js"));
          assertThat(decide()).isEqualTo(reason);
        });
    evidence.unfit = Optional.empty();
    assertThat(decide()).isEqualTo(Reason.HIT);
  }

  @Test
  void rule2KeyIsOfEverythingThatDecidesTheResult() {
    assertThat(Samples.key().json())
        .contains(
            "\"format\":1",
            "\"repository\":",
            "\"tree\":",
            "\"languages\":",
            "\"build-mode\":",
            "\"source-root\":",
            "\"config\":",
            "\"queries\":",
            "\"packs\":",
            "\"config-file\":",
            "\"tools\":",
            "\"action\":",
            "\"analysis-kinds\":",
            "\"variables\":",
            "\"category\":",
            "\"analysis-key\":",
            "\"matrix\":",
            "\"runner\":",
            "\"build-recipe\":");
  }

  @Test
  void rule2BlankLanguagesScan() {
    assertThat(keyed(Samples.settings("languages", ""), Samples.site())).isEqualTo(Reason.LANGUAGE);
  }

  @Test
  void rule3UnknownOrNightlyCliUnpinnedPacksAndRemoteRefsAreNotCacheable() {
    ScanSite site = Samples.site();
    assertThat(keyed(Samples.settings("codeql-version", ""), site)).isEqualTo(Reason.UNPINNED);
    assertThat(keyed(Samples.settings("codeql-version", "nightly"), site))
        .isEqualTo(Reason.UNPINNED);
    assertThat(keyed(Samples.settings("packs", "octo/pack"), site)).isEqualTo(Reason.UNPINNED);
    assertThat(keyed(Samples.settings("queries", "octo/q@main"), site)).isEqualTo(Reason.UNPINNED);
    assertThat(keyed(Samples.settings("config-file", "octo/q/c.yml@v1"), site))
        .isEqualTo(Reason.UNPINNED);
  }

  @Test
  void rule4ScheduleDispatchDebugAndForceAlwaysScan() {
    for (String event : List.of("schedule", "workflow_dispatch")) {
      evidence.job = FixedEvidence.job(event);
      assertThat(decide()).isEqualTo(Reason.EVENT);
    }
    JobFacts j = FixedEvidence.job("push");
    evidence.job =
        new JobFacts(
            true,
            false,
            Optional.empty(),
            false,
            "push",
            false,
            true,
            false,
            false,
            true,
            true,
            true);
    assertThat(decide()).isEqualTo(Reason.DEBUG_RERUN);
    evidence.job =
        new JobFacts(
            true,
            false,
            Optional.empty(),
            true,
            "push",
            false,
            true,
            false,
            false,
            false,
            true,
            true);
    assertThat(decide()).isEqualTo(Reason.FORCED);
    evidence.job = j;
    assertThat(decide()).isEqualTo(Reason.HIT);
  }

  @Test
  void rule5FailedOrForeignRunIsNotStored() {
    Optional<String> category = Optional.of(Samples.CATEGORY + "/");
    for (boolean successful : List.of(true, false)) {
      assertThat(
              Verification.form(
                      List.of(
                          Samples.run(
                              "CodeQL",
                              category,
                              successful,
                              Optional.empty(),
                              List.of(),
                              List.of())),
                      Samples.CATEGORY,
                      Samples.VERSION)
                  .isEmpty())
          .isEqualTo(successful);
    }
    assertThat(
            Verification.form(
                    List.of(
                        Samples.run(
                            "Semgrep", category, true, Optional.empty(), List.of(), List.of())),
                    Samples.CATEGORY,
                    Samples.VERSION)
                .map(Refusal::reason))
        .contains(Reason.INVALID_SARIF);
  }

  @Test
  void rule6PartialResultsStandForTheSamePullRequestMergeTreeAndBaseOnly() {
    evidence.lookup =
        new StoreLookup.Found(
            Samples.stored(
                Samples.key(), Samples.origin(), Samples.NOW, Optional.of(Samples.PARTIAL)),
            false);
    assertThat(decide()).isEqualTo(Reason.PARTIAL);
    evidence.pullRequest = Optional.of(new Partial(7, Samples.PARTIAL.mergeTree(), "0".repeat(40)));
    assertThat(decide()).isEqualTo(Reason.PARTIAL);
    evidence.pullRequest = Optional.of(Samples.PARTIAL);
    assertThat(decide()).isEqualTo(Reason.HIT_PARTIAL);
  }

  @Test
  void rule6FullResultsMayServePullRequests() {
    evidence.job = FixedEvidence.job("pull_request");
    evidence.pullRequest = Optional.of(Samples.PARTIAL);
    assertThat(decide()).isEqualTo(Reason.HIT);
  }

  @Test
  void rule7TracedBuildsAreOffByDefault() {
    assertThat(keyed(Samples.settings("languages", "go"), Samples.site()))
        .isEqualTo(Reason.TRACED_BUILD);
    assertThat(keyed(Samples.settings("languages", "java"), Samples.site()))
        .isEqualTo(Reason.TRACED_BUILD);
  }

  @Test
  void rule7BuildThatSawLessThanOnceBeforeDoesNotStand() {
    StoredScan s = Samples.stored();
    evidence.lookup =
        new StoreLookup.Found(
            new StoredScan(
                s.key(),
                s.projectedKey(),
                s.origin(),
                s.category(),
                s.toolVersion(),
                s.sarifSha256(),
                s.resultsCount(),
                s.bySeverity(),
                s.duration(),
                s.storedAt(),
                s.partial(),
                Optional.of(new Extraction(52, 1_545, 1_493))),
            false);
    assertThat(decide()).isEqualTo(Reason.HIT);
    evidence.bestExtraction = Optional.of(new Extraction(1_545, 1_545, 0));
    assertThat(decide()).isEqualTo(Reason.TRACED_BUILD);
  }

  @Test
  void rule8ProjectionIsOptInAndNeverOfWhatTheSarifLists() {
    assertThat(Samples.cacheable().projected()).isEmpty();
    evidence.lookup = new StoreLookup.Found(Samples.stored(), true);
    evidence.listsDroppedFile = true;
    assertThat(decide()).isEqualTo(Reason.TREE_CHANGED);
    evidence.listsDroppedFile = false;
    assertThat(decide()).isEqualTo(Reason.HIT_PROJECTED);
  }

  @Test
  void rule8ChangedSourceIsNeverDropped() {
    assertThat(keyed(Samples.settings("ignore-changes", "src/main.py"), Samples.site()))
        .isEqualTo(Reason.INVALID_INPUT);
  }

  @Test
  void rule9MismatchDiscardsTheEntry() {
    evidence.verification =
        Optional.of(new Refusal(Reason.FINGERPRINT_MISMATCH, "1 result does not fit"));
    assertThat(decide()).isEqualTo(Reason.FINGERPRINT_MISMATCH);
  }

  @Test
  void rule10NoTierAuthorisesASkip() {
    evidence.authority =
        new Authority.Verdict.Refused(new Refusal(Reason.AUTHORITY_ABSENT, "no analysis"));
    assertThat(decide()).isEqualTo(Reason.AUTHORITY_ABSENT);
  }

  @Test
  void rule10ForksNeverSkipNorPublish() {
    evidence.job =
        new JobFacts(
            true,
            false,
            Optional.empty(),
            false,
            "pull_request",
            true,
            true,
            false,
            false,
            false,
            true,
            true);
    assertThat(decide()).isEqualTo(Reason.FORK);
  }

  @Test
  void rule11TimeToLiveOnlyEverTakesAway() {
    evidence.now = Samples.stored().storedAt().plus(Duration.ofHours(24));
    assertThat(decide()).isEqualTo(Reason.HIT);
    evidence.now = evidence.now.plusMillis(1);
    assertThat(decide()).isEqualTo(Reason.EXPIRED);
    evidence.now = Samples.NOW;
    evidence.authority =
        new Authority.Verdict.Refused(new Refusal(Reason.AUTHORITY_MISMATCH, "another count"));
    assertThat(decide()).isEqualTo(Reason.AUTHORITY_MISMATCH);
  }
}
