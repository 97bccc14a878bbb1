package io.github.cachemesh.testkit.runner;

import io.github.cachemesh.actions.ActionMetadata;
import io.github.cachemesh.actions.Phase;
import java.io.PrintStream;
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

  /** Whether the action has a post. */
  default boolean hasPost(ActionMetadata metadata) {
    return metadata.runs().postEntrypoint() != null;
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
   * A process to start, or what is run in its stead.
   *
   * @param env the whole environment of the process
   * @param afterKill the command line that removes what a killed process leaves; may be empty
   * @param program what is run on the emulator's own thread instead of the command; may be null
   */
  record Launch(
      List<String> command,
      Map<String, String> env,
      Path directory,
      List<String> afterKill,
      @Nullable Program program) {
    public Launch {
      command = List.copyOf(command);
      env = Map.copyOf(env);
      afterKill = List.copyOf(afterKill);
    }

    /** One that leaves something when it is killed. */
    public Launch(
        List<String> command, Map<String, String> env, Path directory, List<String> afterKill) {
      this(command, env, directory, afterKill, null);
    }

    /** One that leaves nothing when it is killed. */
    public Launch(List<String> command, Map<String, String> env, Path directory) {
      this(command, env, directory, List.of());
    }
  }

  /** What stands for a process without being one. Nothing ends it when it takes too long. */
  @FunctionalInterface
  interface Program {
    /** Runs to the end and gives the exit code; a line of the output is one of the step's log. */
    int run(Map<String, String> env, PrintStream out);
  }
}
