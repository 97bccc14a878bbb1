package io.github.cachemesh.testkit.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.cachemesh.testkit.github.GitHubSimulator;
import io.github.cachemesh.testkit.github.Token;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Proves the code scanning endpoints with clients of GitHub that others wrote. */
class ScanClientsTest {
  private static final String REPOSITORY = "octo-org/repo-1";
  private static final String TOKEN = "job-secret";
  private static final String COMMIT = "c".repeat(40);

  /** Uploads as codeql-action's upload-lib does, and waits as it waits. */
  private static final String UPLOAD =
      """
      import { Octokit } from "@octokit/core";
      import { paginateRest } from "@octokit/plugin-paginate-rest";
      import zlib from "node:zlib";
      const octokit = new (Octokit.plugin(paginateRest))({
        baseUrl: process.env.SIMULATOR_URL, auth: process.env.SIMULATOR_TOKEN });
      const repository = { owner: "octo-org", repo: "repo-1" };
      const result = {
        ruleId: "java/x", message: { text: "Found" },
        locations: [{ physicalLocation: {
          artifactLocation: { uri: "src/A.java" }, region: { startLine: 3 } } }],
        partialFingerprints: { primaryLocationLineHash: "39fa2ee980eb94b0:1" } };
      const sarif = { version: "2.1.0", runs: [{
        tool: { driver: { name: "CodeQL", semanticVersion: "2.20.5",
          rules: [{ id: "java/x", defaultConfiguration: { level: "error" } }] } },
        automationDetails: { id: "/language:java/" }, results: [result] }] };
      const uploaded = await octokit.request("PUT /repos/:owner/:repo/code-scanning/analysis", {
        ...repository,
        data: {
          commit_oid: "c".repeat(40), ref: "refs/heads/main",
          analysis_key: ".github/workflows/codeql.yml:analyze", analysis_name: "CodeQL",
          sarif: zlib.gzipSync(JSON.stringify(sarif)).toString("base64"),
          workflow_run_id: 5, workflow_run_attempt: 1, checkout_uri: "file:///work",
          environment: "{}", started_at: "2026-01-01T00:00:00Z", tool_names: ["CodeQL"] } });
      const status = await octokit.request("GET /repos/:owner/:repo/code-scanning/sarifs/:sarif_id",
        { ...repository, sarif_id: uploaded.data.id });
      """;

  @TempDir Path folder;
  private GitHubSimulator simulator;

  @BeforeEach
  void start() throws Exception {
    simulator =
        GitHubSimulator.builder()
            .sizes(5, 5, 5)
            .socket(folder.resolve("gh.sock"))
            .token(Token.workflow(TOKEN, REPOSITORY))
            .start();
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  private static <T> T require(Availability<T> client) {
    assumeTrue(client.isAvailable(), client.reason());
    return client.get();
  }

  private String octokit(String script) throws Exception {
    NodePackages packages =
        require(
            NodePackages.install(
                "@octokit/core@7.0.8",
                "@octokit/plugin-paginate-rest@16.0.0",
                "@octokit/plugin-retry@8.1.1"));
    Map<String, String> environment =
        Map.of("SIMULATOR_URL", simulator.uri().toString(), "SIMULATOR_TOKEN", TOKEN);
    ClientRun run = packages.run(UPLOAD + script, environment);
    assertThat(run.succeeded()).as(run.stderr()).isTrue();
    return run.output().strip();
  }

  private String gh(String... arguments) throws Exception {
    Gh gh = require(Gh.find());
    Path config = folder.resolve("gh-config");
    Gh.writeSocketSetting(config, folder.resolve("gh.sock"));
    ClientRun run = gh.run(config, TOKEN, arguments);
    assertThat(run.succeeded()).as(run.stderr()).isTrue();
    return run.output().strip();
  }

  @Test
  void octokitUploadsAndReadsBack() throws Exception {
    String read =
        octokit(
            """
            const list = await octokit.paginate(
              "GET /repos/{owner}/{repo}/code-scanning/analyses",
              { ...repository, ref: "refs/heads/main", tool_name: "CodeQL", per_page: 1 });
            const sarif2 = await octokit.request(
              "GET /repos/{owner}/{repo}/code-scanning/analyses/{analysis_id}",
              { ...repository, analysis_id: list[0].id,
                headers: { accept: "application/sarif+json" } });
            const text = sarif2.data instanceof ArrayBuffer
              ? new TextDecoder().decode(sarif2.data) : sarif2.data;
            const back = typeof text === "string" ? JSON.parse(text) : text;
            console.log(uploaded.status, status.data.processing_status, list.length,
              list[0].results_count, list[0].category,
              back.runs[0].results[0].partialFingerprints.primaryLocationLineHash,
              back.runs[0].results[0].level);
            """);
    assertThat(read).isEqualTo("202 complete 1 1 /language:java 39fa2ee980eb94b0:1 error");
  }

  @Test
  void ghReadsWhatOctokitUploaded() throws Exception {
    octokit("");
    String analyses = "repos/" + REPOSITORY + "/code-scanning/analyses";
    assertThat(gh("api", analyses, "-q", ".[0].commit_sha")).isEqualTo(COMMIT);
    String id = gh("api", analyses, "-q", ".[0].id");
    String hash = ".runs[0].results[0].partialFingerprints.primaryLocationLineHash";
    assertThat(gh("api", analyses + "/" + id, "-H", "Accept: application/sarif+json", "-q", hash))
        .isEqualTo("39fa2ee980eb94b0:1");
  }

  @Test
  void ghReadsRunsCommitsPullsAndProperties() throws Exception {
    String in = "{\"repository\":\"" + REPOSITORY + "\",";
    simulator.declare(
        "commit", in + "\"sha\":\"" + COMMIT + "\",\"tree\":\"" + "d".repeat(40) + "\"}");
    simulator.declare(
        "run", in + "\"workflow\":\"codeql.yml\",\"status\":\"waiting\",\"run_number\":4}");
    simulator.declare(
        "pull",
        in
            + ("\"number\":90,\"head_ref\":\"topic\",\"head_sha\":\"" + COMMIT + "\",")
            + ("\"merge_commit_sha\":\"" + COMMIT + "\"}"));
    simulator.declare("property", in + "\"name\":\"github-codeql-x\",\"value\":[\"a\",\"b\"]}");
    String root = "repos/" + REPOSITORY;
    assertThat(gh("api", root + "/git/commits/" + COMMIT, "-q", ".tree.sha"))
        .isEqualTo("d".repeat(40));
    assertThat(
            gh(
                "api",
                root + "/actions/workflows/codeql.yml/runs?status=waiting",
                "-q",
                ".workflow_runs[].run_number"))
        .isEqualTo("4");
    assertThat(gh("api", root + "/commits/" + COMMIT + "/pulls", "-q", ".[].number"))
        .isEqualTo("90");
    assertThat(gh("api", root + "/properties/values", "-q", ".[].value | join(\",\")"))
        .isEqualTo("a,b");
  }
}
