package io.github.cachemesh.actions;

import java.util.Map;

/** Which software runs the job, as far as it differs for an action. */
public sealed interface RunnerKind {
  /** GitHub's runner. */
  record GitHub(Hosting hosting) implements RunnerKind {}

  /** GitHub's runner with container hooks: pods instead of Docker, so no Docker socket. */
  record Kubernetes() implements RunnerKind {}

  /** nektos/act with the job in a container. */
  record Act() implements RunnerKind {}

  /** nektos/act with the job on the host ({@code -P …=-self-hosted}). */
  record ActHost() implements RunnerKind {}

  /** Who owns the machine. */
  enum Hosting {
    GITHUB_HOSTED,
    SELF_HOSTED
  }

  /**
   * Tells them apart by what they leave in an action's environment. act's files lie under {@code
   * /var/run/act} when its job is in a container and under the host's cache folder when it is not.
   */
  static RunnerKind of(Map<String, String> env) {
    if ("true".equals(env.get("ACT"))) {
      return env.getOrDefault("GITHUB_OUTPUT", "/var/run/act/").startsWith("/var/run/act/")
          ? new Act()
          : new ActHost();
    }
    if (env.containsKey("KUBERNETES_SERVICE_HOST")) {
      return new Kubernetes();
    }
    return new GitHub(
        "github-hosted".equals(env.get("RUNNER_ENVIRONMENT"))
            ? Hosting.GITHUB_HOSTED
            : Hosting.SELF_HOSTED);
  }
}
