package io.github.cachemesh.core.codeql;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.core.github.Analysis;
import io.github.cachemesh.core.github.Listing;
import io.github.cachemesh.core.github.PullRequest;
import io.github.cachemesh.core.sarif.SarifRun;
import io.github.cachemesh.core.sarif.SarifScan;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorityTest {
  private static final CurrentRun MAIN =
      run("refs/heads/main", OptionalInt.empty(), Samples.TREE, false);
  private static final SarifScan SARIF = Samples.sarif(Samples.run());
  private static final Authority.Verdict AUTHORISED = new Authority.Verdict.Authorised(false);

  private static CurrentRun run(String ref, OptionalInt pull, String tree, boolean reuse) {
    return new CurrentRun(
        ref, "e".repeat(40), tree, Optional.of(Samples.PROJECTED), "main", pull, reuse);
  }

  private static Testimony testimony(Analysis analysis, PullRequest... pulls) {
    return testimony(analysis, SARIF, Samples.TREE, pulls);
  }

  private static Testimony testimony(
      Analysis analysis, SarifScan sarif, String tree, PullRequest... pulls) {
    return new Testimony(analysis, sarif, tree, Optional.of(Samples.PROJECTED), List.of(pulls));
  }

  private static Authority.Verdict judge(Testimony testimony, CurrentRun current) {
    return Authority.judge(Samples.stored(), SARIF, false, testimony, current);
  }

  private static Reason refusal(Authority.Verdict verdict) {
    return switch (verdict) {
      case Authority.Verdict.Refused(Refusal refusal) -> refusal.reason();
      case Authority.Verdict.Authorised _ -> throw new AssertionError("authorised");
    };
  }

  /** The sample analysis with one field changed. */
  private static Analysis with(String field, String value) {
    Analysis a = Samples.analysis();
    return new Analysis(
        field.equals("id") ? Long.parseLong(value) : a.id(),
        field.equals("ref") ? value : a.ref(),
        field.equals("commit_sha") ? value : a.commitSha(),
        field.equals("analysis_key") ? value : a.analysisKey(),
        field.equals("environment") ? value : a.environment(),
        field.equals("category") ? value : a.category(),
        field.equals("error") ? value : a.error(),
        field.equals("warning") ? value : a.warning(),
        field.equals("created_at") ? Instant.parse(value) : a.createdAt(),
        field.equals("results_count") ? Integer.parseInt(value) : a.resultsCount(),
        a.rulesCount(),
        field.equals("tool") ? value : a.toolName(),
        field.equals("tool_version")
            ? Optional.of(value).filter(v -> !v.isEmpty())
            : a.toolVersion(),
        a.sarifId(),
        a.deletable());
  }

  private static Authority.Selection select(Analysis... analyses) {
    return Authority.select(Samples.stored(), new Listing<>(List.of(analyses), true));
  }

  @Test
  void analysisOfTheOriginIsSelected() {
    assertThat(select(Samples.analysis()))
        .isEqualTo(new Authority.Selection.Selected(Samples.analysis()));
  }

  @Test
  void newestAnalysisOfTheOriginCounts() {
    Analysis newer = with("created_at", "2026-06-13T09:59:00Z");
    assertThat(select(Samples.analysis(), newer, Samples.analysis()))
        .isEqualTo(new Authority.Selection.Selected(newer));
  }

  @Test
  void originWithoutAnAnalysisIsAbsent() {
    assertThat(refused(select())).isEqualTo(Reason.AUTHORITY_ABSENT);
  }

  private static Reason refused(Authority.Selection selection) {
    return switch (selection) {
      case Authority.Selection.None(Refusal refusal) -> refusal.reason();
      case Authority.Selection.Selected _ -> throw new AssertionError("selected");
    };
  }

  @ParameterizedTest
  @CsvSource({
    "commit_sha, 0000000000000000000000000000000000000000, AUTHORITY_ABSENT",
    "ref, refs/heads/other, AUTHORITY_ABSENT",
    "tool, Semgrep, AUTHORITY_ABSENT",
    "analysis_key, (default), AUTHORITY_MISMATCH",
    "environment, {}, AUTHORITY_MISMATCH",
    "category, /language:python, AUTHORITY_MISMATCH"
  })
  void analysisOfSomethingElseIsNotSelected(String field, String value, Reason reason) {
    assertThat(refused(select(with(field, value)))).isEqualTo(reason);
  }

  @Test
  void analysisThatSaysTheSameAuthorises() {
    assertThat(judge(testimony(Samples.analysis()), MAIN)).isEqualTo(AUTHORISED);
  }

  @ParameterizedTest
  @CsvSource({
    "error, processing failed",
    "warning, results were left out",
    "tool_version, 2.25.5",
    "tool_version, ''",
    "results_count, 1",
    "results_count, 3"
  })
  void analysisThatSaysOtherwiseDoesNot(String field, String value) {
    assertThat(refusal(judge(testimony(with(field, value)), MAIN)))
        .isEqualTo(Reason.AUTHORITY_MISMATCH);
  }

  @Test
  void commitWithAnotherTreeDoesNot() {
    assertThat(refusal(judge(testimony(Samples.analysis(), SARIF, "0".repeat(40)), MAIN)))
        .isEqualTo(Reason.AUTHORITY_MISMATCH);
  }

  @Test
  void storedSarifWithoutOneResultOfGitHubsIsRefused() {
    SarifScan fewer =
        Samples.sarif(
            Samples.run(
                List.of(
                    Samples.RESULTS.getFirst(),
                    Samples.result("js/sql-injection", "src/query.js", "0000000000000000:1"))));
    Authority.Verdict verdict =
        Authority.judge(Samples.stored(), fewer, false, testimony(Samples.analysis()), MAIN);
    assertThat(refusal(verdict)).isEqualTo(Reason.AUTHORITY_MISMATCH);
  }

  @Test
  void storedSarifWithoutAnyResultIsRefused() {
    Authority.Verdict verdict =
        Authority.judge(
            Samples.stored(),
            Samples.sarif(Samples.run(List.of())),
            false,
            testimony(Samples.analysis()),
            MAIN);
    assertThat(refusal(verdict)).isEqualTo(Reason.AUTHORITY_MISMATCH);
  }

  @Test
  void gitHubMayReturnASubset() {
    SarifScan subset = Samples.sarif(Samples.run(List.of(Samples.RESULTS.getFirst())));
    assertThat(judge(testimony(Samples.analysis(), subset, Samples.TREE), MAIN))
        .isEqualTo(AUTHORISED);
  }

  @Test
  void partialSarifOfGitHubsDoesNotAuthoriseAFullOne() {
    SarifRun run = Samples.run();
    SarifScan partial =
        Samples.sarif(
            Samples.run(
                run.tool(),
                run.category(),
                true,
                Optional.of("diff-informed"),
                List.of(),
                run.results()));
    assertThat(refusal(judge(testimony(Samples.analysis(), partial, Samples.TREE), MAIN)))
        .isEqualTo(Reason.PARTIAL);
  }

  @Test
  void defaultBranchIsTrustedEverywhere() {
    assertThat(
            judge(
                testimony(Samples.analysis()),
                run("refs/heads/feature", OptionalInt.empty(), Samples.TREE, false)))
        .isEqualTo(AUTHORISED);
    assertThat(
            judge(
                testimony(Samples.analysis()),
                run("refs/pull/9/merge", OptionalInt.of(9), Samples.TREE, false)))
        .isEqualTo(AUTHORISED);
  }

  @Test
  void sameRefIsTrusted() {
    assertThat(
            judge(
                testimony(Samples.analysis("refs/heads/feature")),
                run("refs/heads/feature", OptionalInt.empty(), Samples.TREE, false)))
        .isEqualTo(AUTHORISED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "refs/heads/other",
        "refs/pull/7/merge",
        "refs/tags/v1",
        "refs/heads/gh-readonly-queue/main/pr-7-abc"
      })
  void otherRefsAreNotTrusted(String ref) {
    assertThat(refusal(judge(testimony(Samples.analysis(ref)), MAIN)))
        .isEqualTo(Reason.AUTHORITY_MISMATCH);
  }

  @Test
  void pullRequestIsTrustedForItselfOnly() {
    Testimony pull = testimony(Samples.analysis("refs/pull/7/merge"));
    assertThat(judge(pull, run("refs/pull/7/merge", OptionalInt.of(7), Samples.TREE, false)))
        .isEqualTo(AUTHORISED);
    assertThat(
            refusal(judge(pull, run("refs/pull/8/merge", OptionalInt.of(8), Samples.TREE, false))))
        .isEqualTo(Reason.AUTHORITY_MISMATCH);
  }

  private static PullRequest merged(
      int number, boolean merged, String commit, long head, String base) {
    return new PullRequest(
        number,
        merged ? Optional.of(Samples.NOW) : Optional.empty(),
        Optional.of(commit),
        "feature",
        "1".repeat(40),
        OptionalLong.of(head),
        base,
        Samples.REPOSITORY);
  }

  @Test
  void mergedPullRequestIsReusedWhenAskedFor() {
    PullRequest pull = merged(7, true, "e".repeat(40), Samples.REPOSITORY, "main");
    Testimony testimony = testimony(Samples.analysis("refs/pull/7/merge"), pull);
    CurrentRun reusing = run("refs/heads/main", OptionalInt.empty(), Samples.TREE, true);
    assertThat(judge(testimony, reusing)).isEqualTo(new Authority.Verdict.Authorised(true));
    assertThat(Authority.asksPullRequests(testimony.analysis(), reusing)).isTrue();
    assertThat(refusal(judge(testimony, MAIN))).isEqualTo(Reason.AUTHORITY_MISMATCH);
    assertThat(Authority.asksPullRequests(testimony.analysis(), MAIN)).isFalse();
  }

  @Test
  void pullRequestThatWasNotMergedAsThisCommitIsNotReused() {
    CurrentRun reusing = run("refs/heads/main", OptionalInt.empty(), Samples.TREE, true);
    String commit = "e".repeat(40);
    List<PullRequest> others =
        List.of(
            merged(8, true, commit, Samples.REPOSITORY, "main"),
            merged(7, false, commit, Samples.REPOSITORY, "main"),
            merged(7, true, "0".repeat(40), Samples.REPOSITORY, "main"),
            merged(7, true, commit, 99, "main"),
            merged(7, true, commit, Samples.REPOSITORY, "release"));
    for (PullRequest other : others) {
      assertThat(refusal(judge(testimony(Samples.analysis("refs/pull/7/merge"), other), reusing)))
          .as("%s", other)
          .isEqualTo(Reason.AUTHORITY_MISMATCH);
    }
  }

  @Test
  void partialResultsOfAMergedPullRequestAreNotReused() {
    Testimony testimony =
        testimony(
            Samples.analysis("refs/pull/7/merge"),
            merged(7, true, "e".repeat(40), Samples.REPOSITORY, "main"));
    StoredScan partial =
        Samples.stored(Samples.key(), Samples.origin(), Samples.NOW, Optional.of(Samples.PARTIAL));
    Authority.Verdict verdict =
        Authority.judge(
            partial,
            SARIF,
            false,
            testimony,
            run("refs/heads/main", OptionalInt.empty(), Samples.TREE, true));
    assertThat(refusal(verdict)).isEqualTo(Reason.AUTHORITY_MISMATCH);
  }

  @Test
  void mergeQueueIsReusedForItsVeryCommit() {
    Analysis queued = Samples.analysis("refs/heads/gh-readonly-queue/main/pr-7-abc");
    CurrentRun same =
        new CurrentRun(
            "refs/heads/main",
            Samples.COMMIT,
            Samples.TREE,
            Optional.empty(),
            "main",
            OptionalInt.empty(),
            true);
    assertThat(judge(testimony(queued), same)).isEqualTo(new Authority.Verdict.Authorised(true));
    CurrentRun other = run("refs/heads/main", OptionalInt.empty(), Samples.TREE, true);
    assertThat(refusal(judge(testimony(queued), other))).isEqualTo(Reason.AUTHORITY_MISMATCH);
  }

  @Test
  void projectionIsProvenByTheOriginsOwnCommit() {
    CurrentRun otherTree = run("refs/heads/main", OptionalInt.empty(), "0".repeat(40), false);
    Testimony proven = testimony(Samples.analysis());
    assertThat(Authority.judge(Samples.stored(), SARIF, true, proven, otherTree))
        .isEqualTo(AUTHORISED);
    for (Optional<String> digest : List.of(Optional.<String>empty(), Optional.of("0"))) {
      Testimony unproven =
          new Testimony(Samples.analysis(), SARIF, Samples.TREE, digest, List.of());
      assertThat(refusal(Authority.judge(Samples.stored(), SARIF, true, unproven, otherTree)))
          .isEqualTo(Reason.AUTHORITY_MISMATCH);
    }
  }
}
