package io.github.cachemesh.core.credential;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A job as a verified OIDC token of GitHub tells of it. Its scopes are by repository id: names are
 * given up and taken by others. No claim tells the runner.
 *
 * @param repositoryId {@code repository_id}
 * @param repository {@code repository}
 * @param workflowRef {@code workflow_ref}
 * @param environment {@code environment}; null when the job has none
 */
public record VerifiedJob(
    long repositoryId, String repository, String workflowRef, @Nullable String environment) {

  /**
   * @throws IllegalArgumentException when the repository's id or name is none
   */
  public VerifiedJob {
    RepositoryRef _ = new RepositoryRef.Id(repositoryId);
    RepositoryRef _ = new RepositoryRef.Name(repository);
  }

  /** The scopes that the token proves. */
  public Set<Scope> scopes() {
    RepositoryRef id = new RepositoryRef.Id(repositoryId);
    Set<Scope> scopes = new HashSet<>(Set.of(new Scope.Global(), new Scope.Repo(id)));
    // A workflow that a ruleset requires is of another repository than the one it runs for.
    JobScopes.workflow(id, repository, workflowRef).ifPresent(scopes::add);
    JobScopes.environment(id, environment).ifPresent(scopes::add);
    return Set.copyOf(scopes);
  }
}
