package io.github.cachemesh.codeqlcache;

import io.github.cachemesh.actions.ActionContext;
import io.github.cachemesh.actions.RunnerEnvironment;
import io.github.cachemesh.actions.RunnerKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The two folders that this process shares with the job's steps, as it sees them and as they do.
 *
 * @param temp where files may be left for the steps
 * @param runnerEmptiesTemp whether what is there goes with the job; else our post sees to it
 */
record JobFolders(
    Path workspace,
    Path workspaceOfSteps,
    Path temp,
    Path tempOfSteps,
    boolean runnerEmptiesTemp) {

  // act shares no temporary folder with containers; what is in .git is neither scanned nor tracked.
  private static final Path TEMP_UNDER_ACT = Path.of(".git", "cachemesh-codeql-job");

  static JobFolders of(ActionContext context) {
    RunnerEnvironment environment = context.environment();
    Path workspace = environment.workspace();
    return switch (environment.kind()) {
      case RunnerKind.Act _, RunnerKind.ActHost _ -> {
        Path ofSteps = Path.of(environment.variable("GITHUB_WORKSPACE").orElse(""));
        yield new JobFolders(
            workspace,
            ofSteps,
            workspace.resolve(TEMP_UNDER_ACT),
            ofSteps.resolve(TEMP_UNDER_ACT),
            false);
      }
      case RunnerKind.GitHub _, RunnerKind.Kubernetes _ ->
          new JobFolders(
              workspace,
              workspace,
              environment.temp(),
              context.arguments().stream()
                  .findFirst()
                  .map(Path::of)
                  .filter(Path::isAbsolute)
                  .orElse(environment.temp()),
              true);
    };
  }

  /**
   * Where this process finds what a step named; empty when it is outside of both folders.
   *
   * @param ofSteps absolute, or relative to the workspace, which is where steps start
   */
  Optional<Path> here(String ofSteps) {
    Path path = workspaceOfSteps.resolve(ofSteps).normalize();
    return moved(path, tempOfSteps, temp)
        .or(() -> moved(path, temp, temp))
        .or(() -> moved(path, workspaceOfSteps, workspace));
  }

  private static Optional<Path> moved(Path path, Path from, Path to) {
    return path.startsWith(from) ? Optional.of(to.resolve(from.relativize(path))) : Optional.empty();
  }

  /** The path by which the steps know a file below {@link #temp}. */
  Path ofSteps(Path below) {
    return tempOfSteps.resolve(temp.relativize(below));
  }

  /**
   * The folder of the store, which must be one that this process and later jobs can both reach.
   *
   * @throws IOException when it is outside of workspace and temporary folder
   */
  Path store(String folder) throws IOException {
    return here(folder)
        .orElseThrow(
            () ->
                new IOException(
                    "store-folder names "
                        + folder
                        + ", which is neither in the workspace nor in the temporary folder"));
  }
}
