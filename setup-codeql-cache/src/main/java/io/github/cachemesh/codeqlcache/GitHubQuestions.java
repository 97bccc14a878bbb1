package io.github.cachemesh.codeqlcache;

import io.github.cachemesh.actions.EnvironmentProxies;
import io.github.cachemesh.core.codeql.Evidence.PendingRuns;
import io.github.cachemesh.core.github.ApiLimits;
import io.github.cachemesh.core.github.ApiToken;
import io.github.cachemesh.core.github.CodeScanning;
import io.github.cachemesh.core.github.Commits;
import io.github.cachemesh.core.github.GitHubAbsentException;
import io.github.cachemesh.core.github.GitHubApi;
import io.github.cachemesh.core.github.GitHubException;
import io.github.cachemesh.core.github.PendingRun;
import io.github.cachemesh.core.github.PullRequests;
import io.github.cachemesh.core.github.RepositoryFiles;
import io.github.cachemesh.core.github.RepositoryName;
import io.github.cachemesh.core.github.RepositoryProperties;
import io.github.cachemesh.core.github.WorkflowFile;
import io.github.cachemesh.core.github.WorkflowRuns;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** What a job asks GitHub about its repository, with its own token. */
final class GitHubQuestions {
  private final GitHubApi api;
  private final RepositoryName repository;

  private GitHubQuestions(GitHubApi api, RepositoryName repository) {
    this.api = api;
    this.repository = repository;
  }

  /**
   * @param environment says which proxies are used
   * @throws IOException when the token, the address or the name cannot be one
   */
  static GitHubQuestions of(
      URI address, String token, RepositoryName repository, Map<String, String> environment)
      throws IOException {
    try {
      return new GitHubQuestions(
          new GitHubApi(
              address,
              new ApiToken(token),
              GitHubApi.client(new EnvironmentProxies(environment)),
              ApiLimits.DEFAULT),
          repository);
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  RepositoryFiles files() {
    return files(repository);
  }

  /** Those of another repository, which the token may not see. */
  RepositoryFiles files(RepositoryName other) {
    return new RepositoryFiles(api, other);
  }

  CodeScanning codeScanning() {
    return new CodeScanning(api, repository);
  }

  Commits commits() {
    return new Commits(api, repository);
  }

  PullRequests pullRequests() {
    return new PullRequests(api, repository);
  }

  /** What the repository's properties tell CodeQL; empty when GitHub does not say. */
  Optional<Map<String, String>> properties() {
    try {
      return Optional.of(new RepositoryProperties(api, repository).codeql());
    } catch (GitHubAbsentException _) {
      // Only organizations have them, and init takes this answer for none.
      return Optional.of(Map.of());
    } catch (GitHubException _) {
      return Optional.empty();
    }
  }

  /** Whether an older run may have the last word on this ref. */
  PendingRuns olderRuns(Surroundings surroundings) throws IOException {
    Optional<WorkflowFile> workflow = surroundings.workflow();
    if (workflow.isEmpty()) {
      return new PendingRuns.Unknown("GITHUB_WORKFLOW_REF names no workflow's file");
    }
    try {
      return new WorkflowRuns(api, repository)
          .pendingOlderThan(workflow.get(), surroundings.scope(), surroundings.runNumber())
          .map(PendingRun::url)
          .<PendingRuns>map(PendingRuns.Pending::new)
          .orElseGet(PendingRuns.None::new);
    } catch (GitHubException e) {
      return new PendingRuns.Unknown(String.valueOf(e.getMessage()));
    }
  }
}
