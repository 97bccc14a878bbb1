package io.github.cachemesh.core.codeql;

import io.github.cachemesh.core.github.Analysis;
import io.github.cachemesh.core.github.Listing;
import io.github.cachemesh.core.github.PullRequest;
import io.github.cachemesh.core.sarif.Containment;
import io.github.cachemesh.core.sarif.SarifRun;
import io.github.cachemesh.core.sarif.SarifScan;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether GitHub's own record authorises a stored result: pure functions. Whoever may write the
 * store may write anything into it, so nothing in it counts before GitHub has said the same.
 *
 * <p>{@link #select} says which analysis to look at, {@link #judge} what it proves. What cannot be
 * asked is {@link Reason#AUTHORITY_UNREACHABLE}, which the caller says.
 */
public final class Authority {
  private static final Pattern PULL_REF = Pattern.compile("refs/pull/([0-9]{1,9})/(merge|head)");
  private static final String QUEUE = "refs/heads/gh-readonly-queue/";
  private static final String HEADS = "refs/heads/";

  private Authority() {}

  /** What GitHub's record says. */
  public sealed interface Verdict {
    /**
     * @param mergedPullRequest whether it holds since the pull request that was scanned has been
     *     merged as this very tree
     */
    record Authorised(boolean mergedPullRequest) implements Verdict {}

    record Refused(Refusal refusal) implements Verdict {}
  }

  /** The analysis that a stored result claims to be. */
  public sealed interface Selection {
    record Selected(Analysis analysis) implements Selection {}

    record None(Refusal refusal) implements Selection {}
  }

  /**
   * The newest analysis of the origin's commit, ref, analysis key, matrix and category.
   *
   * @param analyses of CodeQL at the origin's ref
   */
  public static Selection select(StoredScan stored, Listing<Analysis> analyses) {
    Origin origin = stored.origin();
    List<Analysis> ofCommit =
        analyses.items().stream()
            .filter(analysis -> analysis.toolName().equals("CodeQL"))
            .filter(analysis -> analysis.commitSha().equals(origin.commit()))
            .filter(analysis -> analysis.ref().equals(origin.ref()))
            .toList();
    if (ofCommit.isEmpty()) {
      String where = "%s at %s".formatted(origin.commit(), origin.ref());
      return none(
          Reason.AUTHORITY_ABSENT,
          analyses.complete()
              ? "GitHub has no analysis of " + where
              : "GitHub's newest analyses have none of " + where);
    }
    String matrix = Matrix.canonical(origin.environment());
    return ofCommit.stream()
        .filter(analysis -> analysis.analysisKey().equals(origin.analysisKey()))
        .filter(analysis -> Matrix.canonical(analysis.environment()).equals(matrix))
        .filter(analysis -> Matrix.withoutSlash(analysis.category()).equals(stored.category()))
        .max(Comparator.comparing(Analysis::createdAt).thenComparing(Analysis::id))
        .<Selection>map(Selection.Selected::new)
        .orElseGet(
            () ->
                none(
                    Reason.AUTHORITY_MISMATCH,
                    "GitHub's analyses of the commit have another category, analysis key or"
                        + " matrix"));
  }

  private static Selection none(Reason reason, String detail) {
    return new Selection.None(new Refusal(reason, detail));
  }

  /** Whether {@link Testimony#pulls} matters. */
  public static boolean asksPullRequests(Analysis analysis, CurrentRun current) {
    OptionalInt pull = pullRequest(analysis.ref());
    return current.reuseMergedPullRequest()
        && pull.isPresent()
        && !pull.equals(current.pullRequest());
  }

  /**
   * Whether the testimony authorises the stored result for the current run.
   *
   * @param sarif the stored one
   * @param projected whether it is equal only without the files that {@code ignore-changes} drops
   */
  public static Verdict judge(
      StoredScan stored,
      SarifScan sarif,
      boolean projected,
      Testimony testimony,
      CurrentRun current) {
    return record(stored, sarif, testimony.analysis())
        .or(() -> tree(projected, testimony, current))
        .or(() -> contents(stored, sarif, testimony))
        .<Verdict>map(Verdict.Refused::new)
        .orElseGet(() -> trust(stored, testimony, current));
  }

  private static Optional<Refusal> mismatch(String detail) {
    return Optional.of(new Refusal(Reason.AUTHORITY_MISMATCH, detail));
  }

  private static Optional<Refusal> record(StoredScan stored, SarifScan sarif, Analysis analysis) {
    if (!analysis.error().isEmpty() || !analysis.warning().isEmpty()) {
      return mismatch("GitHub could not process the analysis as a whole");
    }
    if (!analysis.toolVersion().equals(Optional.of(stored.toolVersion()))) {
      return mismatch("GitHub's analysis is of another version of CodeQL");
    }
    if (analysis.resultsCount() != sarif.resultsCount()
        || analysis.resultsCount() != stored.resultsCount()) {
      return mismatch("GitHub's analysis has another number of results");
    }
    return Optional.empty();
  }

  private static Optional<Refusal> tree(
      boolean projected, Testimony testimony, CurrentRun current) {
    if (!projected) {
      return testimony.tree().equals(current.tree())
          ? Optional.empty()
          : mismatch("the commit that was scanned has another tree");
    }
    // The store's word for what remains of the origin's tree is anybody's.
    return testimony.projectedDigest().isPresent()
            && testimony.projectedDigest().equals(current.projectedDigest())
        ? Optional.empty()
        : mismatch("the commit that was scanned differs by more than ignore-changes drops");
  }

  private static Optional<Refusal> contents(
      StoredScan stored, SarifScan sarif, Testimony testimony) {
    for (SarifRun run : testimony.sarif().runs()) {
      if (!run.tool().equals("CodeQL")
          || !run.category()
              .map(Matrix::categoryOf)
              .filter(category -> !category.equals(stored.category()))
              .isEmpty()) {
        return mismatch("the SARIF that GitHub has is of another tool or category");
      }
      if (run.incrementalMode().isPresent() && stored.partial().isEmpty()) {
        return Optional.of(
            new Refusal(Reason.PARTIAL, "the SARIF that GitHub has is of a change only"));
      }
    }
    return Containment.missing(testimony.sarif(), sarif).isEmpty()
        ? Optional.empty()
        : mismatch("the stored SARIF lacks results that GitHub has");
  }

  private static Verdict trust(StoredScan stored, Testimony testimony, CurrentRun current) {
    String ref = testimony.analysis().ref();
    OptionalInt pull = pullRequest(ref);
    boolean same =
        pull.isPresent() ? pull.equals(current.pullRequest()) : ref.equals(current.ref());
    if (same || (ref.equals(HEADS + current.defaultBranch()) && stored.partial().isEmpty())) {
      return new Verdict.Authorised(false);
    }
    if (current.reuseMergedPullRequest() && stored.partial().isEmpty()) {
      boolean merged =
          pull.isPresent()
              ? testimony.pulls().stream().anyMatch(p -> isMergedAs(p, pull.getAsInt(), current))
              : isQueuedAs(testimony.analysis(), current);
      if (merged) {
        return new Verdict.Authorised(true);
      }
    }
    return new Verdict.Refused(
        new Refusal(
            Reason.AUTHORITY_MISMATCH,
            "the analysis is of " + ref + ", which does not count here"));
  }

  /** A pull request of the repository itself, merged into the current branch as this commit. */
  private static boolean isMergedAs(PullRequest pull, int number, CurrentRun current) {
    return pull.number() == number
        && pull.mergedAt().isPresent()
        && pull.fromSameRepository()
        && current.ref().equals(HEADS + pull.baseRef())
        && pull.mergeCommitSha().equals(Optional.of(current.commit()));
  }

  /** Only GitHub's merge queue makes such branches, and the commit becomes the branch's. */
  private static boolean isQueuedAs(Analysis analysis, CurrentRun current) {
    return current.ref().startsWith(HEADS)
        && analysis.ref().startsWith(QUEUE + current.ref().substring(HEADS.length()) + "/")
        && analysis.commitSha().equals(current.commit());
  }

  private static OptionalInt pullRequest(String ref) {
    Matcher matcher = PULL_REF.matcher(ref);
    return matcher.matches()
        ? OptionalInt.of(Integer.parseInt(matcher.group(1)))
        : OptionalInt.empty();
  }
}
