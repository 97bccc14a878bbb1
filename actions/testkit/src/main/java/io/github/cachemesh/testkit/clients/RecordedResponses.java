package io.github.cachemesh.testkit.clients;

import java.nio.file.Path;

/** GitHub's recorded answers, from the npm package {@code @octokit/fixtures}. */
public final class RecordedResponses {
  private static final String PACKAGE = "@octokit/fixtures";

  private RecordedResponses() {}

  /** The folder with one scenario a subfolder, as a GitHub simulator takes it. */
  public static Availability<Path> find() {
    return NodePackages.install(PACKAGE + "@23.1.2")
        .map(packages -> packages.packageFolder(PACKAGE).resolve("scenarios/api.github.com"));
  }
}
