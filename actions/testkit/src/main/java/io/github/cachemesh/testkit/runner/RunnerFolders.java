package io.github.cachemesh.testkit.runner;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Where a runner keeps things, as host paths.
 *
 * @param root of the installation
 * @param work the parent of all but root and home
 * @param temp {@code RUNNER_TEMP}, emptied for every job
 * @param toolCache {@code RUNNER_TOOL_CACHE}, kept between jobs
 * @param workspace {@code GITHUB_WORKSPACE}, kept between jobs
 * @param home the home folder of host steps
 */
public record RunnerFolders(
    Path root, Path work, Path temp, Path toolCache, Path workspace, Path home) {

  private static final int LABEL_BYTES = 3;

  static RunnerFolders under(Path root) {
    Path work = root.toAbsolutePath().normalize().resolve("_work");
    return new RunnerFolders(
        root.toAbsolutePath().normalize(),
        work,
        work.resolve("_temp"),
        work.resolve("_tool"),
        work.resolve("repo").resolve("repo"),
        root.toAbsolutePath().normalize().resolve("home"));
  }

  /** {@code RUNNER_WORKSPACE}, the parent of {@link #workspace}. */
  public Path runnerWorkspace() {
    return work.resolve("repo");
  }

  /** Where the runner unpacks actions. Nothing is in it: they come from their images. */
  public Path actions() {
    return work.resolve("_actions");
  }

  /** The runner's own tools. Nothing is in it. */
  public Path externals() {
    return root.resolve("externals");
  }

  /** The label of this installation's containers and networks, as the runner makes it. */
  public String label() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] hash = digest.digest(root.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, LABEL_BYTES);
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError(impossible);
    }
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
