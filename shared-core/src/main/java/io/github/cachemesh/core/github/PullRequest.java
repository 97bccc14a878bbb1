package io.github.cachemesh.core.github;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A pull request that a commit belongs to.
 *
 * @param mergedAt empty unless merged
 * @param mergeCommitSha after the merge: the commit on the base branch
 * @param headRepositoryId empty where the head's repository was deleted
 */
public record PullRequest(
    int number,
    Optional<Instant> mergedAt,
    Optional<String> mergeCommitSha,
    String headRef,
    String headSha,
    OptionalLong headRepositoryId,
    String baseRef,
    long baseRepositoryId) {

  /** Whether it comes from the repository itself, not from a fork. */
  public boolean fromSameRepository() {
    return headRepositoryId.isPresent() && headRepositoryId.getAsLong() == baseRepositoryId;
  }
}
