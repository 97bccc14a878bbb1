package io.github.cachemesh.testkit.runner;

import io.github.cachemesh.actions.ActionMetadata;
import io.github.cachemesh.actions.Phase;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How one phase of an action becomes a process. The form decides on the paths that the process
 * sees: a container's launcher translates those of the invocation, the JVM's leaves them.
 */
@FunctionalInterface
public interface ActionLauncher {
  Launch prepare(Invocation invocation);

  /**
   * One phase of one step, with host paths.
   *
   * @param arguments what action.yml's {@code runs.args} evaluates to
   * @param env everything the runner hands to the action, and nothing of the host's own
   */
  record Invocation(
      ActionMetadata metadata,
      Phase phase,
      List<String> arguments,
      Map<String, String> env,
      RunnerFolders folders) {

    public Invocation {
      arguments = List.copyOf(arguments);
      env = Map.copyOf(env);
    }
  }

  /**
   * A process to start.
   *
   * @param env the whole environment of the process
   */
  record Launch(List<String> command, Map<String, String> env, Path directory) {
    public Launch {
      command = List.copyOf(command);
      env = Map.copyOf(env);
    }
  }
}
