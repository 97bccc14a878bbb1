package io.github.cachemesh.core.github;

import java.util.List;
import java.util.Map;

/** Files of a repository at a commit. Thread-safe; blocks. */
public final class RepositoryFiles {
  private final GitHubApi api;
  private final RepositoryName repository;

  public RepositoryFiles(GitHubApi api, RepositoryName repository) {
    this.api = api;
    this.repository = repository;
  }

  /**
   * A file's bytes.
   *
   * @param path from the root, with {@code /} between its parts
   * @param commit in full
   * @throws IllegalArgumentException when the path is none within a repository
   * @throws GitHubUnavailableException also when it is no file, or longer than {@code maxBytes}
   * @throws GitHubException as its kind says
   */
  public byte[] read(String path, String commit, int maxBytes) throws GitHubException {
    List<String> parts = List.of(path.split("/", -1));
    if (parts.stream().anyMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."))) {
      throw new IllegalArgumentException("'" + path + "' is no path within a repository");
    }
    Question question =
        Question.of(repository, "file " + path, Permission.CONTENTS, parts.toArray(String[]::new))
            .below("contents")
            .with(Map.of("ref", Shas.checked(commit)))
            .accepting("application/vnd.github.raw+json");
    return api.raw(question, maxBytes);
  }
}
