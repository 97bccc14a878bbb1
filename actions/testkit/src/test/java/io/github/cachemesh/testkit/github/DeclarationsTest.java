package io.github.cachemesh.testkit.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class DeclarationsTest {
  private static final String REPOSITORY = "octo-org/repo-1";
  private static final String ROOT = "/repos/" + REPOSITORY;
  private static final String COMMIT = "a".repeat(40);
  private static final String TREE = "b".repeat(40);
  private static final String[] JOB = {"Authorization", "Bearer job-secret"};

  private GitHubSimulator simulator;
  private Reader reader;

  @BeforeEach
  void start() throws Exception {
    simulator =
        GitHubSimulator.builder()
            .sizes(5, 5, 5)
            .token(Token.workflow("job-secret", REPOSITORY))
            .start();
    reader = new Reader(simulator);
  }

  @AfterEach
  void stop() {
    reader.close();
    simulator.close();
  }

  private JsonNode declare(String kind, String fields) {
    return simulator.declare(kind, "{\"repository\":\"" + REPOSITORY + "\"," + fields + "}");
  }

  private JsonNode get(String path) throws Exception {
    HttpResponse<String> response = reader.get(ROOT + path, JOB);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return Json.MAPPER.readTree(response.body());
  }

  private void declareCommit() {
    declare("commit", "\"sha\":\"" + COMMIT + "\",\"tree\":\"" + TREE + "\"");
  }

  @Test
  void commitHasItsTree() throws Exception {
    declareCommit();
    JsonNode commit = get("/git/commits/" + COMMIT);
    assertThat(commit.path("sha").stringValue()).isEqualTo(COMMIT);
    assertThat(commit.at("/tree/sha").stringValue()).isEqualTo(TREE);
    assertThat(reader.get(ROOT + "/git/commits/" + TREE, JOB).statusCode()).isEqualTo(404);
  }

  @Test
  void generatedCommitIsAGitObjectToo() throws Exception {
    String sha = get("/commits").at("/0/sha").stringValue();
    assertThat(get("/git/commits/" + sha).at("/tree/sha").stringValue()).hasSize(40);
  }

  @Test
  void runsOfAWorkflowAreFilteredByBranchEventAndStatus() throws Exception {
    JsonNode run =
        declare(
            "run",
            "\"workflow\":\"codeql.yml\",\"branch\":\"topic\",\"event\":\"pull_request\","
                + "\"status\":\"queued\",\"run_number\":7,\"pull_request\":3");
    String runs = "/actions/workflows/codeql.yml/runs?branch=topic&event=pull_request&status=";
    assertThat(get(runs + "queued").at("/workflow_runs/0/run_number").intValue()).isEqualTo(7);
    assertThat(get(runs + "queued").at("/workflow_runs/0/pull_requests/0/number").intValue())
        .isEqualTo(3);
    declare("run", "\"id\":" + run.path("id") + ",\"status\":\"in_progress\"");
    assertThat(get(runs + "queued").path("total_count").intValue()).isZero();
    assertThat(get(runs + "in_progress").path("total_count").intValue()).isEqualTo(1);
  }

  @Test
  void workflowsHaveTheirOwnRuns() throws Exception {
    declare("run", "\"workflow\":\"codeql.yml\",\"status\":\"queued\",\"run_number\":1");
    assertThat(get("/actions/workflows/codeql.yml/runs").path("total_count").intValue())
        .isEqualTo(1);
    assertThat(get("/actions/workflows/ci.yml/runs").path("total_count").intValue()).isEqualTo(5);
    assertThat(reader.get(ROOT + "/actions/workflows/no.yml/runs", JOB).statusCode())
        .isEqualTo(404);
  }

  @Test
  void mergedPullBelongsToItsMergeCommit() throws Exception {
    declareCommit();
    declare(
        "pull",
        "\"number\":77,\"head_ref\":\"topic\",\"head_sha\":\""
            + TREE
            + "\",\"merge_commit_sha\":\""
            + COMMIT
            + "\",\"head_repository_id\":99");
    JsonNode pull = get("/commits/" + COMMIT + "/pulls").path(0);
    assertThat(pull.path("number").intValue()).isEqualTo(77);
    assertThat(pull.path("merged_at").isString()).isTrue();
    assertThat(pull.at("/head/repo/id").intValue()).isEqualTo(99);
    assertThat(pull.at("/base/ref").stringValue()).isEqualTo("main");
    assertThat(reader.get(ROOT + "/commits/" + TREE + "/pulls", JOB).statusCode()).isEqualTo(422);
  }

  @Test
  void propertiesAreSetAndRemoved() throws Exception {
    declare("property", "\"name\":\"github-codeql-extra-queries\",\"value\":\"+a/b@1.0.0\"");
    assertThat(get("/properties/values").at("/0/value").stringValue()).isEqualTo("+a/b@1.0.0");
    declare("property", "\"name\":\"github-codeql-extra-queries\",\"value\":null");
    assertThat(get("/properties/values")).isEmpty();
  }

  @Test
  void analysisIsTamperedWithAndDropped() throws Exception {
    String body = ScanFixture.upload(ScanFixture.sarif(2)).toString();
    reader.send("PUT", ROOT + "/code-scanning/analysis", body, JOB);
    JsonNode id = get("/code-scanning/analyses").at("/0/id");
    declare("analysis", "\"id\":" + id + ",\"set\":{\"results_count\":1}");
    assertThat(get("/code-scanning/analyses/" + id).path("results_count").intValue()).isEqualTo(1);
    declare("analysis", "\"id\":" + id + ",\"drop\":true");
    assertThat(reader.get(ROOT + "/code-scanning/analyses", JOB).statusCode()).isEqualTo(404);
  }

  @Test
  void controlEndpointDeclaresAndBreaksAndResets() throws Exception {
    String commit =
        "{\"repository\":\""
            + REPOSITORY
            + "\",\"sha\":\""
            + COMMIT
            + "\",\"tree\":\""
            + TREE
            + "\"}";
    assertThat(reader.send("POST", "/_simulator/commit", commit).statusCode()).isEqualTo(200);
    get("/git/commits/" + COMMIT);
    String fault = "{\"paths\":\".*/git/.*\",\"status\":503,\"times\":10}";
    reader.send("POST", "/_simulator/fault", fault);
    assertThat(reader.get(ROOT + "/git/commits/" + COMMIT, JOB).statusCode()).isEqualTo(503);
    reader.send("POST", "/_simulator/fault", "{}");
    get("/git/commits/" + COMMIT);
    reader.send("POST", "/_simulator/reset", "");
    assertThat(reader.get(ROOT + "/git/commits/" + COMMIT, JOB).statusCode()).isEqualTo(404);
  }

  @Test
  void incompleteDeclarationNamesTheField() throws Exception {
    assertThatThrownBy(() -> declare("commit", "\"sha\":\"" + COMMIT + "\""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tree");
    HttpResponse<String> wrong = reader.send("POST", "/_simulator/commit", "nonsense");
    assertThat(wrong.statusCode()).isEqualTo(400);
  }
}
