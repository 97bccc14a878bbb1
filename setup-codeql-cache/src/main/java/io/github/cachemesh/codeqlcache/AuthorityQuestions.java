package io.github.cachemesh.codeqlcache;

import io.github.cachemesh.actions.FailureReason;
import io.github.cachemesh.core.codeql.Authority;
import io.github.cachemesh.core.codeql.CurrentRun;
import io.github.cachemesh.core.codeql.Reason;
import io.github.cachemesh.core.codeql.Refusal;
import io.github.cachemesh.core.codeql.Testimony;
import io.github.cachemesh.core.git.Projection;
import io.github.cachemesh.core.github.Analysis;
import io.github.cachemesh.core.github.AnalysisQuery;
import io.github.cachemesh.core.github.CodeScanning;
import io.github.cachemesh.core.github.GitHubAbsentException;
import io.github.cachemesh.core.github.GitHubException;
import io.github.cachemesh.core.github.Listing;
import io.github.cachemesh.core.github.PullRequest;
import io.github.cachemesh.core.sarif.SarifBounds;
import io.github.cachemesh.core.sarif.SarifReader;
import io.github.cachemesh.core.sarif.SarifScan;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Asks GitHub for its own record of a stored result, and has it judged. */
final class AuthorityQuestions {
  private final Inquiry inquiry;
  private final ScanRequest request;
  private final Surroundings surroundings;

  AuthorityQuestions(Inquiry inquiry, ScanRequest request, Surroundings surroundings) {
    this.inquiry = inquiry;
    this.request = request;
    this.surroundings = surroundings;
  }

  /**
   * What GitHub says of the stored result.
   *
   * @param projected whether it is equal only without the files that {@code ignore-changes} drops
   */
  Authority.Verdict ask(StoredSarif sarif, boolean projected) throws IOException {
    try {
      Listing<Analysis> ofRef =
          analyses().analyses(AnalysisQuery.of(sarif.stored().origin().ref(), "CodeQL"));
      return switch (Authority.select(sarif.stored(), ofRef)) {
        case Authority.Selection.None(Refusal refusal) -> new Authority.Verdict.Refused(refusal);
        case Authority.Selection.Selected(Analysis analysis) ->
            judge(sarif, projected, analysis, currentRun());
      };
    } catch (GitHubAbsentException e) {
      return refused(Reason.AUTHORITY_ABSENT, e);
    } catch (GitHubException e) {
      return refused(Reason.AUTHORITY_UNREACHABLE, e);
    }
  }

  private CodeScanning analyses() throws IOException {
    return inquiry.github().codeScanning();
  }

  private static Authority.Verdict refused(Reason reason, IOException e) {
    return new Authority.Verdict.Refused(new Refusal(reason, FailureReason.of(e)));
  }

  private CurrentRun currentRun() throws IOException {
    if (!(inquiry.examination() instanceof WorkTree.Examination.Proven proven)) {
      throw new IOException("the checkout proves nothing");
    }
    Optional<Event.PullRequest> pull = surroundings.pullRequest();
    return new CurrentRun(
        surroundings.ref(),
        proven.state().commit(),
        proven.state().tree(),
        inquiry.projection().map(Projection::digest),
        surroundings.defaultBranch(),
        pull.isPresent() ? OptionalInt.of(pull.get().number()) : OptionalInt.empty(),
        request.reuseMergedPr());
  }

  private Authority.Verdict judge(
      StoredSarif sarif, boolean projected, Analysis analysis, CurrentRun current)
      throws IOException {
    Tasks.Finding<String> tree =
        inquiry.tasks().start(() -> inquiry.github().commits().tree(analysis.commitSha()));
    Tasks.Finding<List<PullRequest>> pulls =
        inquiry
            .tasks()
            .start(
                () ->
                    Authority.asksPullRequests(analysis, current)
                        ? inquiry.github().pullRequests().ofCommit(current.commit()).items()
                        : List.of());
    SarifScan ofGithub;
    try (InputStream in = analyses().sarif(analysis.id(), SarifBounds.DEFAULT.maxBytes())) {
      ofGithub = SarifReader.read(in, SarifBounds.DEFAULT);
    }
    return Authority.judge(
        sarif.stored(),
        sarif.scan(),
        projected,
        new Testimony(analysis, ofGithub, tree.get(), projection(projected, analysis), pulls.get()),
        current);
  }

  /** From the commit's own objects, so that the checkout must have them. */
  private Optional<String> projection(boolean projected, Analysis analysis) throws IOException {
    return projected
        ? inquiry
            .tree()
            .projected(inquiry.examination(), analysis.commitSha())
            .map(Projection::digest)
        : Optional.empty();
  }
}
