package io.github.cachemesh.images.training;

import io.github.cachemesh.core.git.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A job whose scan is stored and, in the next one, skipped; with what CodeQL and GitHub leave. */
final class TrainingScan {
  private static final String REPOSITORY = "/repos/octocat/training";
  private static final String CATEGORY = "/language:actions";

  /** With one result, whose fingerprint is that of the workflow's first line. */
  private static final String SARIF =
      """
      {"version":"2.1.0","runs":[{
        "tool":{"driver":{"name":"CodeQL","semanticVersion":"VERSION","rules":[
          {"id":"actions/training","defaultConfiguration":{"level":"warning"},
           "properties":{"security-severity":"5.0"}}]}},
        "invocations":[{"executionSuccessful":true,"toolExecutionNotifications":[]}],
        "artifacts":[{"location":{"uri":"FILE","uriBaseId":"%SRCROOT%","index":0}}],
        "results":[{"ruleId":"actions/training","ruleIndex":0,"message":{"text":"."},
          "locations":[{"physicalLocation":{"artifactLocation":{"uri":"FILE","index":0},
            "region":{"startLine":1}}}],
          "partialFingerprints":{"primaryLocationLineHash":"HASH"}}],
        "automationDetails":{"id":"CATEGORY/"}}]}
      """
          .replace("VERSION", TrainingRepository.CODEQL)
          .replace("FILE", TrainingRepository.WORKFLOW)
          .replace("CATEGORY", CATEGORY)
          .replace("HASH", "c41a7dbdcd0c42e0:1");

  private static final String CONFIG =
      """
      {"analysisKinds":["code-scanning"],"languages":["actions"],"computedConfig":{},
       "debugMode":false,"gitHubVersion":{"type":"GitHub.com"}}
      """;

  private static final String COMMIT =
      """
      {"sha":"COMMIT","tree":{"sha":"TREE"}}
      """;

  private static final String ANALYSES =
      """
      [{"id":1,"ref":"refs/heads/main","commit_sha":"COMMIT","analysis_key":"FILE:analyze",
        "environment":"{}","category":"CATEGORY","error":"","warning":"",
        "created_at":"2026-01-01T00:00:00Z","results_count":1,"rules_count":1,
        "tool":{"name":"CodeQL","version":"VERSION"},"sarif_id":"1","deletable":true}]
      """
          .replace("VERSION", TrainingRepository.CODEQL)
          .replace("FILE", TrainingRepository.WORKFLOW)
          .replace("CATEGORY", CATEGORY);

  private final Path folder;
  private final Trainee trainee;
  private final TinyUpstream upstream;
  private final TrainingJob job;

  TrainingScan(Path folder, Trainee trainee, TinyUpstream upstream) {
    this.folder = folder;
    this.trainee = trainee;
    this.upstream = upstream;
    this.job = new TrainingJob(folder, trainee, upstream);
  }

  void run() throws IOException {
    job.begin();
    know();
    Path temp = Files.createDirectories(folder.resolve("temp"));
    Path commands = Files.createDirectory(temp.resolve("_runner_file_commands"));
    Files.createFile(commands.resolve(TrainingJob.output(folder).getFileName()));
    Map<String, String> step = job.step("INPUT_STORE-FOLDER", temp.resolve("store").toString());
    Path event = folder.resolve("event.json");
    Files.writeString(event, "{\"repository\":{\"default_branch\":\"main\"}}");
    step.put("GITHUB_EVENT_PATH", event.toString());
    trainee.run("main", step);
    trainee.run("post", scanned(step, temp));
    Files.writeString(Path.of(step.get("GITHUB_STATE")), "");
    trainee.run("main", step);
    step.putAll(job.state());
    trainee.run("post", step);
    if (!Files.readString(TrainingJob.output(folder)).contains("codeql.sarif")) {
      throw new IllegalStateException("setup-codeql-cache skips no scan here; see its report");
    }
  }

  /** What GitHub knows of the repository. */
  private void know() throws IOException {
    String commit;
    String tree;
    try (Checkout checkout = Checkout.open(folder.resolve("workspace"))) {
      commit = checkout.head();
      tree = checkout.headTree();
    }
    upstream.give(REPOSITORY + "/properties/values", "[]");
    upstream.give(REPOSITORY + "/actions/workflows/codeql.yml/runs", "{\"workflow_runs\":[]}");
    upstream.give(REPOSITORY + "/code-scanning/analyses", ANALYSES.replace("COMMIT", commit));
    upstream.give(REPOSITORY + "/code-scanning/analyses/1", SARIF);
    upstream.give(
        REPOSITORY + "/git/commits/" + commit,
        COMMIT.replace("COMMIT", commit).replace("TREE", tree));
  }

  /** The environment that CodeQL's steps leave, and their files. */
  private Map<String, String> scanned(Map<String, String> step, Path temp) throws IOException {
    Path dump = Files.createDirectory(temp.resolve("sarif"));
    Files.writeString(dump.resolve("upload.sarif"), SARIF);
    Files.writeString(temp.resolve("config"), CONFIG);
    Map<String, String> after = new HashMap<>(step);
    after.putAll(job.state());
    after.put("CODEQL_ACTION_SARIF_DUMP_DIR", dump.toString());
    after.put("CODEQL_ACTION_ANALYZE_DID_COMPLETE_SUCCESSFULLY", "true");
    after.put(
        "CODEQL_ACTION_CLI_VERSION_INFO",
        "{\"version\":{\"version\":\"" + TrainingRepository.CODEQL + "\"}}");
    return after;
  }
}
