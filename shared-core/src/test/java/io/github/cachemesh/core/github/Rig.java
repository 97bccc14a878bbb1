package io.github.cachemesh.core.github;

import io.github.cachemesh.testkit.github.GitHubSimulator;
import io.github.cachemesh.testkit.github.Token;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;
import okhttp3.OkHttpClient;
import tools.jackson.databind.JsonNode;

/**
 * A simulated GitHub with one repository, asked by a job that may read all, or by one that may not.
 */
final class Rig implements AutoCloseable {
  static final String FULL_NAME = "octo-org/repo-1";
  static final RepositoryName REPOSITORY = RepositoryName.parse(FULL_NAME);
  static final String COMMIT = "a".repeat(40);
  static final String TREE = "b".repeat(40);

  private static final String TOKEN = "job-secret";
  private static final String POOR_TOKEN = "poor-secret";

  final GitHubSimulator simulator;
  final GitHubApi api;
  final GitHubApi poorApi;

  Rig() throws IOException {
    this(ApiLimits.DEFAULT);
  }

  Rig(ApiLimits limits) throws IOException {
    simulator =
        GitHubSimulator.builder()
            .sizes(5, 5, 5)
            .withoutSecondaryLimits()
            .token(Token.workflow(TOKEN, FULL_NAME))
            .token(
                Token.workflow(POOR_TOKEN, FULL_NAME)
                    .without("security-events", "actions", "contents", "pull-requests")
                    .named("poor"))
            .start();
    OkHttpClient http = new OkHttpClient();
    api = new GitHubApi(simulator.uri(), new ApiToken(TOKEN), http, limits);
    poorApi = new GitHubApi(simulator.uri(), new ApiToken(POOR_TOKEN), http, limits);
  }

  JsonNode declare(String kind, String fields) {
    return simulator.declare(kind, "{\"repository\":\"" + FULL_NAME + "\"," + fields + "}");
  }

  void declareCommit() {
    declare("commit", "\"sha\":\"" + COMMIT + "\",\"tree\":\"" + TREE + "\"");
  }

  /** Uploads a run with one result, as codeql-action does. */
  void upload(String ref, String category) throws Exception {
    String sarif =
        """
        {"version": "2.1.0", "runs": [{
          "tool": {"driver": {"name": "CodeQL", "semanticVersion": "2.20.5",
            "rules": [{"id": "java/x"}]}},
          "automationDetails": {"id": "%s"},
          "results": [{"ruleId": "java/x", "message": {"text": "Found"},
            "locations": [{"physicalLocation": {
              "artifactLocation": {"uri": "A.java"}, "region": {"startLine": 3}}}],
            "partialFingerprints": {"primaryLocationLineHash": "39fa2ee980eb94b0:1"}}]}]}
        """
            .formatted(category);
    uploadSarif(ref, sarif);
  }

  void uploadSarif(String ref, String sarif) throws Exception {
    String body =
        """
        {"commit_oid": "%s", "ref": "%s", "analysis_key": ".github/workflows/codeql.yml:analyze",
         "environment": "{}", "sarif": "%s"}
        """
            .formatted(COMMIT, ref, zipped(sarif));
    URI uri = URI.create(simulator.uri() + "/repos/" + FULL_NAME + "/code-scanning/analysis");
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("Authorization", "Bearer " + TOKEN)
            .header("User-Agent", "test")
            .PUT(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      if (status != 202) {
        throw new IllegalStateException("The upload was answered with " + status);
      }
    }
  }

  private static String zipped(String text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return Base64.getEncoder().encodeToString(out.toByteArray());
  }

  @Override
  public void close() {
    simulator.close();
  }
}
