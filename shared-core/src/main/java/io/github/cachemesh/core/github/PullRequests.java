package io.github.cachemesh.core.github;

import java.time.Instant;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/** A repository's pull requests. Thread-safe; blocks. */
public final class PullRequests {
  private final GitHubApi api;
  private final RepositoryName repository;

  public PullRequests(GitHubApi api, RepositoryName repository) {
    this.api = api;
    this.repository = repository;
  }

  /**
   * The pull requests that a commit belongs to; at most {@link ApiLimits#maxPages} pages of 100.
   *
   * @param sha in full
   * @throws GitHubException as its kind says
   */
  public Listing<PullRequest> ofCommit(String sha) throws GitHubException {
    Question question =
        Question.of(
            repository,
            "the pull requests of commit " + sha,
            Permission.PULL_REQUESTS,
            "commits",
            Shas.checked(sha),
            "pulls");
    return api.list(
        question, page -> page.asArray().valueStream().map(PullRequests::pull).toList());
  }

  private static PullRequest pull(JsonNode document) {
    JsonNode head = document.required("head");
    JsonNode base = document.required("base");
    JsonNode headRepository = head.path("repo");
    return new PullRequest(
        Field.count(document, "number"),
        Field.optional(document, "merged_at").map(Instant::parse),
        Field.optional(document, "merge_commit_sha"),
        Field.text(head, "ref"),
        Field.text(head, "sha"),
        headRepository.isObject()
            ? OptionalLong.of(Field.number(headRepository, "id"))
            : OptionalLong.empty(),
        Field.text(base, "ref"),
        Field.number(base.required("repo"), "id"));
  }
}
