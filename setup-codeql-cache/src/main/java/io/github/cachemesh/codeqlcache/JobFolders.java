package io.github.cachemesh.codeqlcache;

import io.github.cachemesh.actions.ActionContext;
import io.github.cachemesh.actions.ActionFailure;
import io.github.cachemesh.actions.InheritedOwner;
import io.github.cachemesh.actions.RunnerEnvironment;
import io.github.cachemesh.actions.RunnerKind;
import io.github.cachemesh.core.store.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The two folders that this process shares with the job's steps, as it sees them and as they do.
 *
 * @param temp where files may be left for the steps
 * @param commands one of the files through which a step speaks to the runner
 * @param runnerEmptiesTemp whether what is there goes with the job; else our post sees to it
 */
record JobFolders(
    Path workspace,
    Path workspaceOfSteps,
    Path temp,
    Path tempOfSteps,
    Path commands,
    boolean runnerEmptiesTemp) {

  // act shares no temporary folder with containers; what is in .git is neither scanned nor tracked.
  private static final Path TEMP_UNDER_ACT = Path.of(".git", "cachemesh-codeql-job");
  private static final String CODEQL = "codeql";
  // Where the runner keeps the files of its commands, which every container sees elsewhere too.
  private static final String COMMANDS = "_runner_file_commands";

  static JobFolders of(ActionContext context) {
    RunnerEnvironment environment = context.environment();
    Path workspace = environment.workspace();
    Path commands = Path.of(environment.variable("GITHUB_OUTPUT").orElse("none"));
    return switch (environment.kind()) {
      case RunnerKind.Act _, RunnerKind.ActHost _ -> {
        Path ofSteps = Path.of(environment.variable("GITHUB_WORKSPACE").orElse(""));
        yield new JobFolders(
            workspace,
            ofSteps,
            workspace.resolve(TEMP_UNDER_ACT),
            ofSteps.resolve(TEMP_UNDER_ACT),
            commands,
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
              commands,
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
    return path.startsWith(from)
        ? Optional.of(to.resolve(from.relativize(path)))
        : Optional.empty();
  }

  /**
   * Makes sure that the steps see what is left for them: where no runner makes the temporary
   * folder, it is made anew.
   *
   * @throws ActionFailure when they do not
   */
  void prepare() throws IOException {
    if (!runnerEmptiesTemp) {
      delete();
      make(temp);
      make(temp.resolve(CODEQL));
    } else if (!Files.exists(temp.resolve(COMMANDS).resolve(commands.getFileName()))) {
      throw new ActionFailure(
          "This action's container does not see the runner's temporary folder.",
          "Update the runner: since September 2025 it mounts that folder.");
    }
  }

  private static void make(Path folder) throws IOException {
    PrivateFiles.createFolder(folder);
    InheritedOwner.give(folder);
  }

  /**
   * Where CodeQL may keep what goes with the job, as the steps know it, where no runner says so.
   */
  Path codeqlTemp() {
    return tempOfSteps.resolve(CODEQL);
  }

  /** Deletes the temporary folder where no runner does. */
  void delete() throws IOException {
    if (runnerEmptiesTemp || !Files.exists(temp, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    List<Path> files;
    try (Stream<Path> tree = Files.walk(temp)) {
      files = tree.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.deleteIfExists(file);
    }
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
