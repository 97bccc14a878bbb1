package io.github.cachemesh.core.codeql;

import io.github.cachemesh.core.github.Analysis;
import io.github.cachemesh.core.github.PullRequest;
import io.github.cachemesh.core.sarif.SarifScan;
import java.util.List;
import java.util.Optional;

/**
 * What GitHub says of a stored result.
 *
 * @param analysis as {@link Authority#select} chose it
 * @param sarif of the analysis, of which GitHub returns a subset
 * @param tree of the analysis' commit as GitHub or a git object says, never as the store does
 * @param projectedDigest of that commit without the files that {@code ignore-changes} drops, made
 *     from the commit itself; needed for what is equal only so
 * @param pulls the pull requests that the current commit belongs to, where {@link
 *     Authority#asksPullRequests}
 */
public record Testimony(
    Analysis analysis,
    SarifScan sarif,
    String tree,
    Optional<String> projectedDigest,
    List<PullRequest> pulls) {
  public Testimony {
    pulls = List.copyOf(pulls);
  }
}
