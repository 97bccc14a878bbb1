package io.github.cachemesh.testkit.github;

import static io.github.cachemesh.testkit.github.ScanFixture.COMMIT;
import static io.github.cachemesh.testkit.github.ScanFixture.sarif;
import static io.github.cachemesh.testkit.github.ScanFixture.upload;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class ScanEndpointsTest {
  private static final String REPOSITORY = "octo-org/repo-1";
  private static final String ROOT = "/repos/" + REPOSITORY + "/code-scanning";
  private static final String[] JOB = {"Authorization", "Bearer job-secret"};

  private GitHubSimulator simulator;
  private Reader reader;

  @BeforeEach
  void start() throws Exception {
    simulator =
        GitHubSimulator.builder()
            .sizes(5, 5, 5)
            .token(Token.workflow("job-secret", REPOSITORY))
            .token(
                Token.workflow("poor-secret", REPOSITORY)
                    .without("security-events", "actions", "contents", "pull-requests")
                    .named("poor"))
            .start();
    reader = new Reader(simulator);
  }

  @AfterEach
  void stop() {
    reader.close();
    simulator.close();
  }

  private JsonNode put(ObjectNode sarif) throws Exception {
    HttpResponse<String> accepted =
        reader.send("PUT", ROOT + "/analysis", upload(sarif).toString(), JOB);
    assertThat(accepted.statusCode()).isEqualTo(202);
    return json(accepted);
  }

  private JsonNode get(String path) throws Exception {
    HttpResponse<String> response = reader.get(path, JOB);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return json(response);
  }

  private JsonNode status(JsonNode uploaded) throws Exception {
    return get(ROOT + "/sarifs/" + uploaded.path("id").stringValue());
  }

  private static JsonNode json(HttpResponse<String> response) {
    return Json.MAPPER.readTree(response.body());
  }

  @Test
  void uploadByTheActionIsListed() throws Exception {
    JsonNode uploaded = put(sarif(3));
    assertThat(status(uploaded).path("processing_status").stringValue()).isEqualTo("complete");
    JsonNode analysis = get(ROOT + "/analyses").path(0);
    assertThat(analysis.path("commit_sha").stringValue()).isEqualTo(COMMIT);
    assertThat(analysis.path("category").stringValue()).isEqualTo("/language:java");
    assertThat(analysis.path("analysis_key").stringValue()).endsWith("codeql.yml:analyze");
    assertThat(analysis.path("environment").stringValue()).isEqualTo("{\"language\":\"java\"}");
    assertThat(analysis.path("results_count").intValue()).isEqualTo(3);
    assertThat(analysis.path("rules_count").intValue()).isEqualTo(2);
    assertThat(analysis.at("/tool/version").stringValue()).isEqualTo("2.20.5");
    assertThat(analysis.path("sarif_id")).isEqualTo(uploaded.path("id"));
  }

  @Test
  void uploadThroughThePublicEndpointHasNoAnalysisKey() throws Exception {
    ObjectNode body = upload(sarif(1)).put("commit_sha", COMMIT);
    assertThat(reader.send("POST", ROOT + "/sarifs", body.toString(), JOB).statusCode())
        .isEqualTo(202);
    JsonNode analysis = get(ROOT + "/analyses").path(0);
    assertThat(analysis.path("analysis_key").stringValue()).isEqualTo("(default)");
    assertThat(analysis.path("environment").stringValue()).isEqualTo("{}");
  }

  @Test
  void sarifReadBackIsASubset() throws Exception {
    put(sarif(2));
    String id = get(ROOT + "/analyses").path(0).path("id").asString();
    HttpResponse<String> read =
        reader.get(
            ROOT + "/analyses/" + id,
            "Authorization",
            "Bearer job-secret",
            "Accept",
            "application/sarif+json");
    assertThat(Reader.header(read, "Content-Type")).startsWith("application/sarif+json");
    JsonNode run = json(read).at("/runs/0");
    assertThat(run.at("/automationDetails/id").stringValue()).isEqualTo("/language:java/");
    assertThat(run.has("properties") || run.has("invocations")).isFalse();
    assertThat(run.at("/artifacts/0/location/uri").stringValue()).isEqualTo("src/A.java");
    JsonNode first = run.at("/results/0");
    assertThat(first.path("level").stringValue()).isEqualTo("error");
    assertThat(first.has("codeFlows")).isFalse();
    assertThat(first.path("partialFingerprints").toString())
        .isEqualTo("{\"primaryLocationLineHash\":\"2abc:1\"}");
    assertThat(first.at("/locations/0/physicalLocation/region/startLine").intValue()).isEqualTo(2);
    assertThat(first.at("/properties").has("github/alertNumber")).isTrue();
    assertThat(run.at("/tool/extensions/0/rules/0/properties/tags")).hasSize(10);
  }

  @Test
  void sameResultIsTheSameAlertInEveryAnalysis() throws Exception {
    put(sarif(1));
    put(sarif(1));
    JsonNode analyses = get(ROOT + "/analyses");
    assertThat(alert(analyses.path(0))).isEqualTo(alert(analyses.path(1)));
    assertThat(analyses.path(0).path("deletable").booleanValue()).isTrue();
    assertThat(analyses.path(1).path("deletable").booleanValue()).isFalse();
  }

  private String alert(JsonNode analysis) throws Exception {
    HttpResponse<String> read =
        reader.get(
            ROOT + "/analyses/" + analysis.path("id").asString(),
            "Authorization",
            "Bearer job-secret",
            "Accept",
            "application/sarif+json");
    return json(read).at("/runs/0/results/0/properties").toString();
  }

  @Test
  void moreRunsThanAllowedFailTheUpload() throws Exception {
    ObjectNode sarif = sarif(0);
    for (int i = 1; i <= 20; i++) {
      ((ArrayNode) sarif.path("runs")).add(ScanFixture.run(0, "/other" + i + "/"));
    }
    JsonNode status = status(put(sarif));
    assertThat(status.path("processing_status").stringValue()).isEqualTo("failed");
    assertThat(status.at("/errors/0").stringValue())
        .isEqualTo("rejecting SARIF, as there are more runs than allowed (21 > 20)");
    assertThat(reader.get(ROOT + "/analyses", JOB).statusCode()).isEqualTo(404);
  }

  @Test
  void moreResultsThanAllowedFailTheUpload() throws Exception {
    assertThat(status(put(sarif(25_001))).at("/errors/0").stringValue())
        .endsWith("more results per run than allowed (25001 > 25000)");
  }

  @Test
  void fiveThousandResultsAreKeptAndTheGravestFirst() throws Exception {
    put(sarif(5_001));
    JsonNode analysis = get(ROOT + "/analyses").path(0);
    assertThat(analysis.path("results_count").intValue()).isEqualTo(5_000);
    assertThat(analysis.path("warning").stringValue()).contains("5001");
  }

  @Test
  void twoRunsOfOneCategoryFailTheUpload() throws Exception {
    ObjectNode sarif = sarif(0);
    ((ArrayNode) sarif.path("runs")).add(ScanFixture.run(0, ScanFixture.CATEGORY));
    assertThat(status(put(sarif)).at("/errors/0").stringValue()).contains("same category");
  }

  @Test
  void uploadOfMoreThanTenMegabytesIsRefused() throws Exception {
    byte[] noise = new byte[10_000_001];
    new Random(1).nextBytes(noise);
    ObjectNode body = upload(sarif(0)).put("sarif", Base64.getEncoder().encodeToString(noise));
    assertThat(reader.send("PUT", ROOT + "/analysis", body.toString(), JOB).statusCode())
        .isEqualTo(413);
  }

  @Test
  void malformedUploadIsRefused() throws Exception {
    ObjectNode notZipped = upload(sarif(0)).put("sarif", "bm9uc2Vuc2U=");
    ObjectNode noCommit = upload(sarif(0)).put("commit_oid", "main");
    for (ObjectNode body : new ObjectNode[] {notZipped, noCommit}) {
      assertThat(reader.send("PUT", ROOT + "/analysis", body.toString(), JOB).statusCode())
          .isEqualTo(400);
    }
  }

  @Test
  void listIsFilteredByRefToolAndUpload() throws Exception {
    put(sarif(1));
    String second = put(sarif(2)).path("id").stringValue();
    assertThat(get(ROOT + "/analyses?ref=refs/heads/main&tool_name=CodeQL")).hasSize(2);
    assertThat(get(ROOT + "/analyses?ref=main&direction=asc").at("/0/results_count").intValue())
        .isEqualTo(1);
    assertThat(get(ROOT + "/analyses?sarif_id=" + second)).hasSize(1);
    assertThat(reader.get(ROOT + "/analyses?tool_name=Other", JOB).statusCode()).isEqualTo(404);
    assertThat(reader.get(ROOT + "/analyses?ref=refs/heads/x", JOB).body())
        .contains("no analysis found");
  }

  @Test
  void tokenWithoutThePermissionIsRefused() throws Exception {
    String[] poor = {"Authorization", "Bearer poor-secret"};
    String runs = "/repos/" + REPOSITORY + "/actions/workflows/ci.yml/runs";
    String commit = "/repos/" + REPOSITORY + "/git/commits/" + COMMIT;
    for (String path : new String[] {ROOT + "/analyses", runs, commit}) {
      HttpResponse<String> refused = reader.get(path, poor);
      assertThat(refused.statusCode()).as(path).isEqualTo(403);
      assertThat(refused.body()).contains("Resource not accessible by integration");
    }
    assertThat(Reader.header(reader.get(ROOT + "/analyses", poor), "X-Accepted-GitHub-Permissions"))
        .isEqualTo("security_events=read");
    assertThat(reader.get(ROOT + "/analyses").statusCode()).isEqualTo(401);
  }
}
