package io.github.cachemesh.e2e.codeql;

import java.io.IOException;

/**
 * A commit that was pushed.
 *
 * @param workflow the text of its workflow, by which GitHub runs the job
 */
record Commit(String sha, String tree, String workflow) {

  /** What is checked out. */
  static Commit head(WorkTree tree) throws IOException {
    String sha = tree.head();
    return new Commit(
        sha, tree.tree(sha), tree.git("show", sha + ":" + SampleRepository.WORKFLOW) + "\n");
  }
}
