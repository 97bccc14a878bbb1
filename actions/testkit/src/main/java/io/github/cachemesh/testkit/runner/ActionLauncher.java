package io.github.cachemesh.testkit.runner;

import io.github.cachemesh.actions.ActionMetadata;
import io.github.cachemesh.actions.Phase;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How one phase of an action becomes a process. The form decides on the paths that the process
 * sees: a container's launcher translates those of the invocation, the JVM's leaves them.
 */
@FunctionalInterface
public interface ActionLauncher {
  Launch prepare(Invocation invocation);

  /**
   * Whether the process runs where {@code run:} steps do, with their environment beneath that of
   * the invocation and as their user, and not in a container of its own.
   */
  default boolean besideCommands() {
    return false;
  }

  /**
   * One phase of one step, with host paths.
   *
   * @param arguments what action.yml's {@code runs.args} evaluates to
   * @param env everything the runner hands to the action, and nothing of the host's own
   * @param trackingId what {@code RUNNER_TRACKING_ID} is for the processes of the job, which the
   *     runner kills at its end
   * @param network the network of the job's containers; null when it has none
   */
  record Invocation(
      ActionMetadata metadata,
      Phase phase,
      List<String> arguments,
      Map<String, String> env,
      RunnerFolders folders,
      String trackingId,
      @Nullable String network) {

    public Invocation {
      arguments = List.copyOf(arguments);
      env = Map.copyOf(env);
    }
  }

  /**
   * A process to start.
   *
   * @param env the whole environment of the process
   * @param afterKill the command line that removes what a killed process leaves; may be empty
   */
  record Launch(
      List<String> command, Map<String, String> env, Path directory, List<String> afterKill) {
    public Launch {
      command = List.copyOf(command);
      env = Map.copyOf(env);
      afterKill = List.copyOf(afterKill);
    }

    /** One that leaves nothing when it is killed. */
    public Launch(List<String> command, Map<String, String> env, Path directory) {
      this(command, env, directory, List.of());
    }
  }
}
