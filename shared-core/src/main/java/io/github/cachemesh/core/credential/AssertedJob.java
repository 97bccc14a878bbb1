package io.github.cachemesh.core.credential;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A job as its own environment tells of it, which whoever controls a step before can change.
 *
 * @param repositoryId {@code GITHUB_REPOSITORY_ID}; 0 when it is not known
 * @param repository {@code GITHUB_REPOSITORY}
 * @param workflowRef {@code GITHUB_WORKFLOW_REF}
 * @param environment null when none is said
 * @param runner {@code RUNNER_NAME} or the action's {@code runner-id}; null when none is said
 */
public record AssertedJob(
    long repositoryId,
    String repository,
    String workflowRef,
    @Nullable String environment,
    @Nullable String runner) {

  /**
   * @throws IllegalArgumentException when the repository's name is none
   */
  public AssertedJob {
    RepositoryRef _ = new RepositoryRef.Name(repository);
  }

  /** The scopes that the job says it has, by the repository's id and by its name. */
  public Set<Scope> scopes() {
    List<RepositoryRef> references = new ArrayList<>();
    references.add(new RepositoryRef.Name(repository));
    if (repositoryId > 0) {
      references.add(new RepositoryRef.Id(repositoryId));
    }
    Set<Scope> scopes = new HashSet<>();
    for (RepositoryRef reference : references) {
      scopes.add(new Scope.Repo(reference));
      JobScopes.workflow(reference, repository, workflowRef).ifPresent(scopes::add);
      JobScopes.environment(reference, environment).ifPresent(scopes::add);
    }
    JobScopes.runner(runner).ifPresent(scopes::add);
    return Set.copyOf(scopes);
  }
}
