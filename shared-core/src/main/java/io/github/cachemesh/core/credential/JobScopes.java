package io.github.cachemesh.core.credential;

import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The scopes of a job out of GitHub's own texts; a text that is none has no scope. */
final class JobScopes {
  private JobScopes() {}

  /**
   * The scope of a workflow, unless it is another repository's.
   *
   * @param workflowRef {@code owner/name/.github/workflows/x.yml@refs/heads/main}
   */
  static Optional<Scope> workflow(RepositoryRef reference, String repository, String workflowRef) {
    String own = repository + "/";
    int at = workflowRef.indexOf('@');
    if (at < own.length() || !workflowRef.regionMatches(true, 0, own, 0, own.length())) {
      return Optional.empty();
    }
    String path = workflowRef.substring(own.length(), at);
    String ref = workflowRef.substring(at + 1);
    return scope(() -> new Scope.Workflow(reference, path, ref));
  }

  static Optional<Scope> environment(RepositoryRef reference, @Nullable String name) {
    return name == null ? Optional.empty() : scope(() -> new Scope.Environment(reference, name));
  }

  static Optional<Scope> runner(@Nullable String name) {
    return name == null ? Optional.empty() : scope(() -> new Scope.Runner(name));
  }

  private static Optional<Scope> scope(Supplier<Scope> made) {
    try {
      return Optional.of(made.get());
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
