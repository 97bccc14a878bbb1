package io.github.cachemesh.actions;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Paths that act leaves untranslated: with the job on the host it hands a container action the
 * host's paths of its files, while the container has them elsewhere.
 */
final class ActPaths {
  private static final Path MOUNTED = Path.of("/var/run/act");
  private static final List<String> FILES =
      List.of(
          "GITHUB_OUTPUT",
          "GITHUB_ENV",
          "GITHUB_STATE",
          "GITHUB_PATH",
          "GITHUB_STEP_SUMMARY",
          "GITHUB_EVENT_PATH");
  private static final String WORKSPACE = "GITHUB_WORKSPACE";

  private ActPaths() {}

  /**
   * The environment with paths of this file system. act's files are in {@code workflow/}, and the
   * workspace is where it starts a container.
   *
   * @param exists what there is here
   * @param workingFolder of this process
   */
  static Map<String, String> translated(
      Map<String, String> env, Predicate<Path> exists, Path workingFolder) {
    Map<String, String> translated = new HashMap<>(env);
    for (String name : FILES) {
      String path = env.get(name);
      if (path != null && !exists.test(Path.of(path)) && Path.of(path).getNameCount() > 2) {
        Path there = Path.of(path);
        int names = there.getNameCount();
        translated.put(name, MOUNTED.resolve(there.subpath(names - 2, names)).toString());
      }
    }
    String workspace = env.get(WORKSPACE);
    if (workspace != null && !exists.test(Path.of(workspace))) {
      translated.put(WORKSPACE, workingFolder.toString());
    }
    return translated;
  }
}
