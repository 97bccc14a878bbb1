package io.github.cachemesh.testkit.runner;

import java.nio.file.Path;

/**
 * Where a runner keeps things, as host paths.
 *
 * @param root of the installation
 * @param temp {@code RUNNER_TEMP}, emptied for every job
 * @param toolCache {@code RUNNER_TOOL_CACHE}, kept between jobs
 * @param workspace {@code GITHUB_WORKSPACE}, kept between jobs
 * @param home the home folder of host steps
 */
public record RunnerFolders(Path root, Path temp, Path toolCache, Path workspace, Path home) {

  static RunnerFolders under(Path root) {
    Path work = root.toAbsolutePath().normalize().resolve("_work");
    return new RunnerFolders(
        root.toAbsolutePath().normalize(),
        work.resolve("_temp"),
        work.resolve("_tool"),
        work.resolve("repo").resolve("repo"),
        root.toAbsolutePath().normalize().resolve("home"));
  }

  /** The home folder of container actions; it goes with {@link #temp}. */
  public Path actionHome() {
    return temp.resolve("_github_home");
  }

  /** The folder of the event's file. */
  public Path workflow() {
    return temp.resolve("_github_workflow");
  }

  /** The folder of the files through which steps hand values to the runner. */
  public Path fileCommands() {
    return temp.resolve("_runner_file_commands");
  }
}
