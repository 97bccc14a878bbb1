package io.github.cachemesh.images;

import java.util.List;

/**
 * An action that has an image of its own.
 *
 * @param name of its folder, its image and its entry scripts
 * @param main the class whose {@code main} takes the phase, {@code main} or {@code post}
 * @param process the kind of its steps
 * @param description for those who come across the image
 */
record ImagedAction(String name, String main, JavaOptions.Process process, String description) {
  /** A new action is a line here, a dependency of the module {@code images} and a trainee there. */
  static final List<ImagedAction> ALL =
      List.of(
          new ImagedAction(
              "setup-github-cache",
              "io.github.cachemesh.setup.Main",
              JavaOptions.Process.STEP,
              "Lets a job's GitHub API calls go through a cache that revalidates for free."),
          new ImagedAction(
              "setup-codeql-cache",
              "io.github.cachemesh.codeqlcache.Main",
              JavaOptions.Process.PROOF,
              "Tells whether a CodeQL scan may be skipped."),
          new ImagedAction(
              "inject-credentials",
              "io.github.cachemesh.credentials.Main",
              JavaOptions.Process.STEP,
              "Brings credentials to a job whose runner has proven its identity."));

  /** The script that runs a phase. */
  String entryPoint(String phase) {
    return "/cachemesh/" + name + "/" + phase;
  }
}
