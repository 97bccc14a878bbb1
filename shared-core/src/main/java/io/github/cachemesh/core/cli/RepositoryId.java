package io.github.cachemesh.core.cli;

import org.jspecify.annotations.Nullable;

/** GitHub's number of the repository that results are of. */
final class RepositoryId {
  private static final String VARIABLE = "GITHUB_REPOSITORY_ID";

  private RepositoryId() {}

  /** What the option says, else the job's variable. */
  static long of(@Nullable Long option, Surroundings surroundings) {
    if (option != null) {
      return option;
    }
    String text = surroundings.environment().getOrDefault(VARIABLE, "");
    if (!text.matches("[0-9]{1,18}")) {
      throw CommandFailure.usage(
          "which repository? --repository-id N, as gh api repos/OWNER/NAME --jq .id says");
    }
    return Long.parseLong(text);
  }
}
