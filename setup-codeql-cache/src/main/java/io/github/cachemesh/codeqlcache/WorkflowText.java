package io.github.cachemesh.codeqlcache;

import io.github.cachemesh.core.git.Checkout;
import io.github.cachemesh.core.github.GitHubException;
import io.github.cachemesh.core.github.RepositoryFiles;
import io.github.cachemesh.core.github.WorkflowFile;
import java.io.IOException;
import java.util.Optional;

/**
 * The text of the workflow that runs: as its commit has it, never as the work tree does.
 *
 * @param path within the repository
 */
record WorkflowText(String path, byte[] bytes) {
  private static final int MAX_BYTES = 1 << 20;

  /**
   * Reads it from the checkout, or asks GitHub where that has not got the commit. At most 1 MiB.
   *
   * @throws IOException when neither has it, or the job does not say which it is
   */
  static WorkflowText read(
      Surroundings surroundings, Optional<Checkout> checkout, Optional<RepositoryFiles> github)
      throws IOException {
    WorkflowFile file =
        surroundings
            .workflow()
            .orElseThrow(() -> new IOException("GITHUB_WORKFLOW_REF names no workflow's file"));
    String commit = surroundings.workflowSha();
    if (commit.isEmpty()) {
      throw new IOException("GITHUB_WORKFLOW_SHA does not say which version of the workflow runs");
    }
    if (checkout.isPresent() && checkout.get().has(commit)) {
      Optional<byte[]> text = checkout.get().file(commit, file.path(), MAX_BYTES);
      return new WorkflowText(
          file.path(),
          text.orElseThrow(() -> new IOException(file.path() + " is not in commit " + commit)));
    }
    if (github.isEmpty()) {
      throw new IOException("the checkout has no commit " + commit);
    }
    try {
      return new WorkflowText(file.path(), github.get().read(file.path(), commit, MAX_BYTES));
    } catch (GitHubException e) {
      throw new IOException(file.path() + " cannot be read: " + e.getMessage(), e);
    }
  }
}
