package io.github.cachemesh.core.github;

/** Which runs of a workflow bring analyses to the same ref. */
public sealed interface RunScope {
  /**
   * The runs for a branch or tag, whatever their event, without those of pull requests, whose ref
   * is another.
   *
   * @param name without {@code refs/heads/}
   */
  record Branch(String name) implements RunScope {}

  /**
   * The runs for one pull request. Where GitHub does not say which one a run is for, as with forks,
   * a run of the same head branch counts as one for it.
   *
   * @param headBranch as in {@code GITHUB_HEAD_REF}
   */
  record PullRequest(int number, String headBranch) implements RunScope {}
}
