package io.github.cachemesh.e2e;

import io.github.cachemesh.testkit.clients.NodePackages;
import io.github.cachemesh.testkit.runner.Condition;
import io.github.cachemesh.testkit.runner.Job;
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
   * Adds its steps to a job.
   *
   * @param apiUrl as an expression or a URL
   * @param latencies the file that takes the clients' times, seconds a line
   */
  Job addTo(Job job, String token, String apiUrl, Path latencies) {
    Map<String, String> env =
        Map.of(
            "GH_TOKEN", token,
            "REPO", REPOSITORY,
            "PRIVATE_REPO", PRIVATE_REPOSITORY,
            "RECORDED_PATHS", recordedPaths,
            "API_URL", apiUrl,
            "LATENCIES", latencies.toString());
    return job.run("gh", Condition.SUCCESS, env, "sh", path("gh.sh"))
        .run("octokit", Condition.SUCCESS, env, "node", path("octokit.mjs"))
        .run("curl", Condition.SUCCESS, env, "sh", path("curl.sh"));
  }

  private String path(String script) {
    return scripts.resolve(script).toString();
  }
}
