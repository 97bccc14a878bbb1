package io.github.cachemesh.images.training;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;

/** A checkout with a workflow that gates a scan. */
final class TrainingRepository {
  static final String WORKFLOW = ".github/workflows/codeql.yml";
  static final String CODEQL = "2.25.6";

  private static final String TEXT =
      """
      on: push
      jobs:
        analyze:
          runs-on: ubuntu-24.04
          steps:
            - id: cache
              uses: cachemesh/setup-codeql-cache@v1
              with:
                languages: actions
                category: /language:actions
                codeql-version: 2.25.6
            - if: steps.cache.outputs.should-skip-scan != 'true'
              uses: github/codeql-action/init@SHA
              with:
                languages: actions
                tools: https://github.com/github/codeql-action/releases/download/codeql-bundle-v2.25.6/codeql-bundle-linux64.tar.zst
            - if: steps.cache.outputs.should-skip-scan != 'true'
              uses: github/codeql-action/analyze@SHA
              with:
                category: /language:actions
            - if: steps.cache.outputs.should-skip-scan == 'true'
              uses: github/codeql-action/upload-sarif@SHA
              with:
                sarif_file: ${{ steps.cache.outputs.cached-result }}
                category: /language:actions
      """
          .replace("SHA", "0".repeat(40));

  private TrainingRepository() {}

  /** Makes it; what a job's environment says of it. */
  static Map<String, String> create(Path workspace, URI api) throws IOException {
    Path workflow = workspace.resolve(WORKFLOW);
    Files.createDirectories(workflow.resolveSibling("."));
    Files.writeString(workflow, TEXT);
    String commit;
    try (Git git = Git.init().setDirectory(workspace.toFile()).call()) {
      var _ = git.add().addFilepattern(".").call();
      commit =
          git.commit()
              .setMessage("Training")
              .setAuthor("a", "a@example.com")
              .setCommitter("a", "a@example.com")
              .setSign(false)
              .call()
              .name();
    } catch (GitAPIException e) {
      throw new IOException(e);
    }
    Map<String, String> env = new HashMap<>();
    env.put("CACHEMESH_UPSTREAM", api.toString());
    env.put("GITHUB_REPOSITORY_ID", "1");
    env.put("GITHUB_EVENT_NAME", "push");
    env.put("GITHUB_REF", "refs/heads/main");
    env.put("GITHUB_RUN_ID", "1");
    env.put("GITHUB_RUN_NUMBER", "1");
    env.put("GITHUB_RUN_ATTEMPT", "1");
    env.put("GITHUB_JOB", "analyze");
    env.put("GITHUB_ACTION", "cache");
    env.put("GITHUB_SHA", commit);
    env.put("GITHUB_WORKFLOW_SHA", commit);
    env.put("GITHUB_WORKFLOW_REF", "octocat/training/" + WORKFLOW + "@refs/heads/main");
    env.put("RUNNER_OS", "Linux");
    env.put("RUNNER_ARCH", "X64");
    env.put("ImageVersion", "1");
    env.put("INPUT_COMMIT-SHA", commit);
    env.put("INPUT_STORE-KEY", "a key that opens nothing but training");
    env.put("INPUT_LANGUAGES", "actions");
    env.put("INPUT_CATEGORY", "/language:actions");
    env.put("INPUT_CODEQL-VERSION", "2.25.6");
    return env;
  }
}
