package io.github.cachemesh.e2e;

import io.github.cachemesh.testkit.clients.NodePackages;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What a job asks GitHub with gh, octokit and curl: the same questions for every job. */
final class Workload {
  static final String REPOSITORY = "octo-org/repo-1";
  static final String PRIVATE_REPOSITORY = "octo-org/secret-1";

  private static final List<String> SCRIPTS = List.of("gh.sh", "curl.sh", "octokit.mjs");

  private final Path scripts;
  private final String recordedPaths;

  private Workload(Path scripts, String recordedPaths) {
    this.scripts = scripts;
    this.recordedPaths = recordedPaths;
  }

  /**
   * @param folder where the scripts are put; empty
   * @param octokit the packages that they import
   * @param recordedPaths of real answers
   */
  static Workload in(Path folder, NodePackages octokit, List<String> recordedPaths)
      throws IOException {
    for (String script : SCRIPTS) {
      try (InputStream source = Workload.class.getResourceAsStream(script)) {
        if (source == null) {
          throw new IllegalStateException("no resource " + script);
        }
        Files.copy(source, folder.resolve(script));
      }
    }
    Files.createSymbolicLink(
        folder.resolve("node_modules"), octokit.packageFolder("octokit").getParent());
    return new Workload(folder, String.join(" ", recordedPaths));
  }

  /**
   * What its scripts need, beside {@code GH_TOKEN} and {@code API_URL}.
   *
   * @param latencies the file that takes the clients' times, seconds a line
   */
  Map<String, String> variables(Path latencies) {
    return Map.of(
        "SCRIPTS", scripts.toString(),
        "REPO", REPOSITORY,
        "PRIVATE_REPO", PRIVATE_REPOSITORY,
        "RECORDED_PATHS", recordedPaths,
        "LATENCIES", latencies.toString());
  }

  /** The path of one of its scripts. */
  String script(String name) {
    return scripts.resolve(name).toString();
  }
}
