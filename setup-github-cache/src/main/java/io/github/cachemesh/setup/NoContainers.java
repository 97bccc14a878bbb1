package io.github.cachemesh.setup;

import io.github.cachemesh.actions.ActionFailure;
import io.github.cachemesh.actions.FailureReason;
import java.io.IOException;
import tools.jackson.databind.JsonNode;

/** Why no node can be started beside this action's container, in words for who runs the runner. */
final class NoContainers {
  private static final String ELSEWHERE =
      " Or run a cache node that this runner reaches and name it in 'node-url'.";

  private NoContainers() {}

  static ActionFailure kubernetes() {
    return new ActionFailure(
        "On Kubernetes there is no Docker engine that could run a cache node.",
        "Run one as a service of the cluster and name it in 'node-url'.");
  }

  static ActionFailure noSocket() {
    return new ActionFailure(
        "This action's container has no Docker socket /var/run/docker.sock, so it can start no"
            + " cache node.",
        "Let the runner mount it, as GitHub's does (act: leave --container-daemon-socket alone)."
            + ELSEWHERE);
  }

  static ActionFailure refused(IOException e) {
    return new ActionFailure(
        "The Docker engine starts no cache node: " + FailureReason.of(e) + ".",
        "If that is about permission, let SELinux or the engine's authorization allow it."
            + ELSEWHERE,
        e);
  }

  /**
   * Looks for what keeps a node from being of use.
   *
   * @param info what the engine says of itself
   * @throws ActionFailure when there is something
   */
  static void check(JsonNode info) {
    for (JsonNode option : info.path("SecurityOptions")) {
      String name = option.asString("");
      if (name.startsWith("name=rootless")) {
        throw new ActionFailure(
            "The Docker engine is rootless: its host network is not that of the job's steps.",
            "Give the runner an engine that runs as root." + ELSEWHERE);
      }
      if (name.startsWith("name=userns")) {
        throw new ActionFailure(
            "The Docker engine remaps users, so a node could not act as the runner's user.",
            "Give the runner an engine without userns-remap." + ELSEWHERE);
      }
    }
    if (!info.path("OSType").asString("linux").equals("linux")) {
      throw new ActionFailure(
          "The Docker engine runs no Linux containers.",
          "Use the action where runner.os is Linux." + ELSEWHERE);
    }
  }
}
