package io.github.cachemesh.core.codeql;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.core.sarif.Extraction;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SkipDecisionTest {
  private final FixedEvidence evidence = new FixedEvidence();

  private void job(
      boolean enabled,
      boolean killSwitch,
      Optional<String> invalidInput,
      boolean force,
      String event,
      boolean fork) {
    evidence.job =
        new JobFacts(
            enabled,
            killSwitch,
            invalidInput,
            force,
            event,
            fork,
            true,
            false,
            false,
            false,
            true,
            true);
  }

  private void place(
      boolean dotCom, boolean defaultSetup, boolean quality, boolean debug, boolean token) {
    evidence.job =
        new JobFacts(
            true,
            false,
            Optional.empty(),
            false,
            "push",
            false,
            dotCom,
            defaultSetup,
            quality,
            debug,
            token,
            false);
  }

  @Test
  void whatIsStoredVerifiedAndAuthorisedIsSkipped() {
    assertThat(evidence.decide())
        .isInstanceOfSatisfying(
            SkipDecision.Skip.class,
            skip -> {
              assertThat(skip.reason()).isEqualTo(Reason.HIT);
              assertThat(skip.scan()).isEqualTo(Samples.stored());
              assertThat(skip.detail()).contains(Samples.COMMIT, "refs/heads/main");
            });
  }

  @Test
  void cheapAndCertainQuestionsComeFirst() {
    assertThat(evidence.decide().reason()).isEqualTo(Reason.HIT);
    assertThat(evidence.asked)
        .containsExactly(
            "job",
            "undeclared",
            "unfit",
            "cacheability",
            "lookup",
            "bestExtraction",
            "verification",
            "authority",
            "olderRuns");
  }

  /** Each row spoils one thing; the reason names it, and nothing is asked after it. */
  static Stream<Arguments> refusals() {
    Refusal other = new Refusal(Reason.DIRTY_TREE, "src/page.js");
    return Stream.of(
        row(Reason.DISABLED, "job", t -> t.job(false, true, Optional.empty(), true, "", true)),
        row(Reason.KILL_SWITCH, "job", t -> t.job(true, true, Optional.empty(), true, "", true)),
        row(
            Reason.INVALID_INPUT,
            "job",
            t -> t.job(true, false, Optional.of("mode is sometimes"), true, "", true)),
        row(Reason.FORCED, "job", t -> t.job(true, false, Optional.empty(), true, "", true)),
        row(Reason.FORK, "job", t -> t.job(true, false, Optional.empty(), false, "push", true)),
        row(
            Reason.MERGE_GROUP,
            "job",
            t -> t.job(true, false, Optional.empty(), false, "merge_group", false)),
        row(Reason.UNSUPPORTED_SERVER, "job", t -> t.place(false, true, true, true, false)),
        row(Reason.DEFAULT_SETUP, "job", t -> t.place(true, true, true, true, false)),
        row(Reason.CODE_QUALITY, "job", t -> t.place(true, false, true, true, false)),
        row(Reason.DEBUG_RERUN, "job", t -> t.place(true, false, false, true, false)),
        row(Reason.NO_TOKEN, "job", t -> t.place(true, false, false, false, false)),
        row(Reason.NO_STORE_KEY, "job", t -> t.place(true, false, false, false, true)),
        row(
            Reason.UNPINNED,
            "undeclared",
            t -> t.evidence.undeclared = Optional.of(new Refusal(Reason.UNPINNED, "line 7"))),
        row(Reason.DIRTY_TREE, "unfit", t -> t.evidence.unfit = Optional.of(other)),
        row(
            Reason.TRACED_BUILD,
            "cacheability",
            t ->
                t.evidence.cacheability =
                    new Cacheability.NotCacheable(new Refusal(Reason.TRACED_BUILD, "go"))),
        row(
            Reason.NOT_STORED,
            "lookup",
            t -> t.evidence.lookup = new StoreLookup.Absent(Optional.empty())),
        row(
            Reason.CORRUPT_ENTRY,
            "lookup",
            t -> t.evidence.lookup = new StoreLookup.Corrupt("0.scan", "is damaged")),
        row(Reason.EXPIRED, "lookup", t -> t.evidence.now = Samples.NOW.plus(Duration.ofDays(1))),
        row(
            Reason.EXPIRED,
            "lookup",
            t -> t.evidence.now = Samples.stored().storedAt().minusSeconds(1)),
        row(
            Reason.TRACED_BUILD,
            "bestExtraction",
            t -> {
              t.evidence.lookup = new StoreLookup.Found(extracted(52, 1_545), false);
              t.evidence.bestExtraction = Optional.of(new Extraction(1_545, 1_545, 0));
            }),
        row(
            Reason.FINGERPRINT_MISMATCH,
            "verification",
            t ->
                t.evidence.verification =
                    Optional.of(new Refusal(Reason.FINGERPRINT_MISMATCH, "1 result"))),
        row(
            Reason.AUTHORITY_UNREACHABLE,
            "authority",
            t ->
                t.evidence.authority =
                    new Authority.Verdict.Refused(
                        new Refusal(Reason.AUTHORITY_UNREACHABLE, "no answer"))),
        row(
            Reason.OLDER_RUN_PENDING,
            "olderRuns",
            t -> t.evidence.olderRuns = new Evidence.PendingRuns.Pending("https://run/7")),
        row(
            Reason.AUTHORITY_UNREACHABLE,
            "olderRuns",
            t -> t.evidence.olderRuns = new Evidence.PendingRuns.Unknown("no answer")));
  }

  private static Arguments row(Reason reason, String last, Consumer<SkipDecisionTest> spoil) {
    return Arguments.of(reason, last, spoil);
  }

  private static StoredScan extracted(int files, int expected) {
    StoredScan s = Samples.stored();
    return new StoredScan(
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
        Optional.of(new Extraction(files, expected, expected - files)));
  }

  @ParameterizedTest(name = "{0} of {1}")
  @MethodSource("refusals")
  void anyNoIsAScanWithItsReason(Reason reason, String last, Consumer<SkipDecisionTest> spoil) {
    spoil.accept(this);
    SkipDecision decision = evidence.decide();
    assertThat(decision).isInstanceOf(SkipDecision.Scan.class);
    assertThat(decision.reason()).isEqualTo(reason);
    assertThat(decision.detail()).isNotBlank();
    assertThat(evidence.asked).last().isEqualTo(last);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"schedule", "workflow_dispatch", "pull_request_target", "workflow_run", ""})
  void eventThatIsNoPushOrPullRequestScans(String event) {
    evidence.job = FixedEvidence.job(event);
    assertThat(evidence.decide().reason()).isEqualTo(Reason.EVENT);
  }

  @ParameterizedTest
  @EnumSource
  void missNamesTheComponentThatChanged(Component component) {
    ScanKey other = Samples.key().with(component, List.of("another"));
    evidence.lookup = new StoreLookup.Absent(Optional.of(other));
    assertThat(evidence.decide().reason()).isEqualTo(component.whenChanged());
    assertThat(evidence.decide().detail()).contains(component.word());
  }

  @Test
  void whatIsChangedOnPurposeIsTheReasonBeforeTheTree() {
    ScanKey other =
        Samples.key().with(Component.TREE, "0").with(Component.CONFIG_FILE, List.of("x", "y"));
    evidence.lookup = new StoreLookup.Absent(Optional.of(other));
    assertThat(evidence.decide().reason()).isEqualTo(Reason.CONFIG_CHANGED);
    assertThat(evidence.decide().detail()).contains("config-file, tree");
  }

  @Test
  void partialResultsStandForTheSamePullRequestMergeAndBaseOnly() {
    StoredScan partial =
        Samples.stored(Samples.key(), Samples.origin(), Samples.NOW, Optional.of(Samples.PARTIAL));
    evidence.lookup = new StoreLookup.Found(partial, false);
    evidence.pullRequest = Optional.of(Samples.PARTIAL);
    assertThat(evidence.decide().reason()).isEqualTo(Reason.HIT_PARTIAL);
    List<Optional<Partial>> others =
        List.of(
            Optional.empty(),
            Optional.of(new Partial(8, Samples.PARTIAL.mergeTree(), Samples.PARTIAL.baseSha())),
            Optional.of(new Partial(7, "0".repeat(40), Samples.PARTIAL.baseSha())),
            Optional.of(new Partial(7, Samples.PARTIAL.mergeTree(), "0".repeat(40))));
    for (Optional<Partial> other : others) {
      evidence.pullRequest = other;
      assertThat(evidence.decide().reason()).as("%s", other).isEqualTo(Reason.PARTIAL);
    }
  }

  @Test
  void projectedHitIsOneWhenTheSarifListsNoDroppedFile() {
    evidence.lookup = new StoreLookup.Found(Samples.stored(), true);
    assertThat(evidence.decide().reason()).isEqualTo(Reason.HIT_PROJECTED);
    evidence.listsDroppedFile = true;
    assertThat(evidence.decide().reason()).isEqualTo(Reason.TREE_CHANGED);
  }

  @Test
  void hitByAMergedPullRequestIsNamed() {
    evidence.authority = new Authority.Verdict.Authorised(true);
    assertThat(evidence.decide().reason()).isEqualTo(Reason.HIT_MERGED_PR);
  }
}
