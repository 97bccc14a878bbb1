package io.github.cachemesh.e2e.codeql;

import io.github.cachemesh.testkit.github.Fault;
import io.github.cachemesh.testkit.github.GitHubSimulator;
import io.github.cachemesh.testkit.github.Token;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The simulated GitHub of one repository: told what was pushed and run, asked what it recorded. */
final class Hub implements AutoCloseable {
  static final String REPOSITORY = "octo-org/repo-1";
  static final String WORKFLOW_FILE = "codeql.yml";
  static final Token TOKEN = Token.workflow("ghs_e2eTokenOfTheCodeqlJob0001", REPOSITORY);

  private static final String ANALYSES = ".*/code-scanning/analyses.*";
  private static final int LONG_OUTAGE = 1_000;
  private static final JsonMapper JSON = JsonMapper.shared();

  private final GitHubSimulator github;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, String> properties = new LinkedHashMap<>();
  private int runNumber;
  private boolean analysesDown;

  Hub() throws IOException {
    github =
        GitHubSimulator.builder()
            .repositories(1)
            .sizes(1, 1, 1)
            .token(TOKEN)
            .withoutSecondaryLimits()
            .primaryLimit(10_000_000)
            .start();
  }

  URI api() {
    return github.uri();
  }

  long repositoryId() {
    return get("", "application/json").path("id").asLong();
  }

  /** A workflow's run as GitHub knows it. */
  record Run(long id, int number) {}

  void push(String commit, String tree) {
    declare("commit", Map.of("sha", commit, "tree", tree));
  }

  /** The next run of the workflow, which is in progress. */
  Run start(String branch, String event, Optional<Integer> pullRequest) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("workflow", WORKFLOW_FILE);
    fields.put("branch", branch);
    fields.put("event", event);
    fields.put("status", "in_progress");
    fields.put("run_number", ++runNumber);
    pullRequest.ifPresent(number -> fields.put("pull_request", number));
    return new Run(declare("run", fields).path("id").asLong(), runNumber);
  }

  void complete(Run run) {
    declare("run", Map.of("id", run.id(), "status", "completed", "conclusion", "success"));
  }

  /**
   * Sets a custom property of the repository.
   *
   * @param value empty to remove it
   */
  void property(String name, Optional<String> value) {
    value.ifPresentOrElse(set -> properties.put(name, set), () -> properties.remove(name));
    Map<String, Object> fields = new LinkedHashMap<>(Map.of("name", name));
    fields.put("value", value.orElse(null));
    declare("property", fields);
  }

  Map<String, String> properties() {
    return Map.copyOf(properties);
  }

  void takeAnalysesDown() {
    analysesDown = true;
    github.faults().inject(ANALYSES, new Fault.Status(503), LONG_OUTAGE);
  }

  void bringAnalysesBack() {
    analysesDown = false;
    github.faults().clear();
  }

  /** As if they had never been uploaded. */
  void forgetAnalysesOf(String commit) {
    for (JsonNode analysis : get("/code-scanning/analyses?per_page=100", "application/json")) {
      if (analysis.path("commit_sha").asString().equals(commit)) {
        declare("analysis", Map.of("id", analysis.path("id").asLong(), "drop", true));
      }
    }
  }

  /** An analysis that GitHub recorded. */
  record Recorded(long id, String commit, String ref, String category, List<String> alerts) {}

  /** The newest analysis of all. */
  Optional<Recorded> newestAnalysis() {
    // The outage is for others.
    github.faults().clear();
    JsonNode analyses = get("/code-scanning/analyses", "application/json");
    Optional<Recorded> newest =
        analyses.isArray() && !analyses.isEmpty()
            ? Optional.of(recorded(analyses.get(0)))
            : Optional.empty();
    if (analysesDown) {
      takeAnalysesDown();
    }
    return newest;
  }

  private Recorded recorded(JsonNode analysis) {
    long id = analysis.path("id").asLong();
    JsonNode sarif = get("/code-scanning/analyses/" + id, "application/sarif+json");
    return new Recorded(
        id,
        analysis.path("commit_sha").asString(),
        analysis.path("ref").asString(),
        analysis.path("category").asString(),
        alerts(sarif).sorted().toList());
  }

  private static Stream<String> alerts(JsonNode sarif) {
    return sarif
        .path("runs")
        .valueStream()
        .flatMap(run -> run.path("results").valueStream())
        .map(
            result -> {
              JsonNode location = result.path("locations").path(0).path("physicalLocation");
              return "%s %s:%d"
                  .formatted(
                      result.path("ruleId").asString(),
                      location.path("artifactLocation").path("uri").asString(),
                      location.path("region").path("startLine").asInt());
            });
  }

  private JsonNode declare(String kind, Map<String, ?> fields) {
    Map<String, Object> all = new LinkedHashMap<>(fields);
    all.put("repository", REPOSITORY);
    return github.declare(kind, JSON.writeValueAsString(all));
  }

  private JsonNode get(String below, String accept) {
    HttpRequest request =
        HttpRequest.newBuilder(api().resolve("/repos/" + REPOSITORY + below))
            .header("Accept", accept)
            .header("Authorization", "Bearer " + TOKEN.value())
            .build();
    try {
      return JSON.readTree(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking the simulated GitHub", e);
    }
  }

  @Override
  public void close() {
    http.close();
    github.close();
  }
}
