package io.github.cachemesh.core.github;

/** A repository's commits. Thread-safe; blocks. */
public final class Commits {
  private final GitHubApi api;
  private final RepositoryName repository;

  public Commits(GitHubApi api, RepositoryName repository) {
    this.api = api;
    this.repository = repository;
  }

  /**
   * The id of a commit's tree.
   *
   * @param sha in full
   * @throws GitHubException as its kind says
   */
  public String tree(String sha) throws GitHubException {
    Shas.checked(sha);
    Question question =
        Question.of(
            repository, "the tree of commit " + sha, Permission.CONTENTS, "git", "commits", sha);
    return api.ask(
        question,
        commit -> {
          if (!Field.text(commit, "sha").equals(sha)) {
            throw new IllegalArgumentException("another commit");
          }
          return Shas.checked(Field.text(commit.required("tree"), "sha"));
        });
  }
}
