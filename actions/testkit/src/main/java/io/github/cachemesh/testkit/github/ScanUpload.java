package io.github.cachemesh.testkit.github;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes in an upload, which is processed at once: one analysis for each run, or none at all where a
 * limit is passed.
 */
final class ScanUpload {
  private static final int MAX_UNPACKED_BYTES = 512 << 20;

  private final Call call;
  private final Repository repository;
  private final String ref;
  private final String commit;
  private final String analysisKey;
  private final String environment;

  private ScanUpload(Call call, Repository repository, ObjectNode body, String commitField) {
    this.call = call;
    this.repository = repository;
    this.ref = call.required(body, "CodeScanning", "ref");
    this.commit = call.required(body, "CodeScanning", commitField);
    // An upload through the public endpoint has no key, whatever it sends.
    boolean byAction = commitField.equals("commit_oid");
    this.analysisKey = byAction ? body.path("analysis_key").asString("(default)") : "(default)";
    this.environment = byAction ? body.path("environment").asString("{}") : "{}";
    if (!commit.matches("[0-9a-f]{40}")) {
      throw ApiFailure.of(400, "commit_sha is not a full commit SHA");
    }
    if (!ref.matches("refs/(heads|tags|pull)/.+")) {
      throw ApiFailure.of(
          400, "ref must be of the form refs/heads/BRANCH or refs/pull/NUMBER/merge");
    }
  }

  /** As codeql-action sends it. */
  static Reply byAction(Call call) {
    return take(call, "commit_oid");
  }

  /** As anybody may send it. */
  static Reply byApi(Call call) {
    return take(call, "commit_sha");
  }

  private static Reply take(Call call, String commitField) {
    Permissions.requireScanning(call, "write");
    Repository repository = call.writableRepository();
    ObjectNode body = call.body();
    ScanUpload upload = new ScanUpload(call, repository, body, commitField);
    JsonNode sarif = unpacked(call.required(body, "CodeScanning", "sarif"));
    String id = sarifId(repository.nextId());
    List<String> errors = SarifHardLimits.errors(sarif);
    repository.scans.uploads.put(id, new ScanRecords.Upload(errors));
    if (errors.isEmpty()) {
      sarif.path("runs").forEach(run -> upload.record(run, id));
    }
    ObjectNode result = Json.object().put("id", id);
    result.put("url", url(repository, "sarifs/" + id));
    return Reply.json(202, result);
  }

  private static String sarifId(long number) {
    return UUID.nameUUIDFromBytes(Long.toString(number).getBytes(StandardCharsets.UTF_8))
        .toString();
  }

  private void record(JsonNode run, String sarifId) {
    String automation = run.path("automationDetails").path("id").asString("");
    String category = automation.substring(0, Math.max(0, automation.lastIndexOf('/')));
    ObjectNode sarif = SarifSubset.of(repository, run, category, ref, commit);
    int sent = run.path("results").size();
    int kept = sarif.path("runs").path(0).path("results").size();
    long id = repository.nextId();
    JsonNode driver = run.path("tool").path("driver");
    ObjectNode document = Json.object();
    document.put("ref", ref).put("commit_sha", commit).put("analysis_key", analysisKey);
    document.put("environment", environment).put("category", category).put("error", "");
    document.put("created_at", call.timestamp()).put("results_count", kept);
    document.put("rules_count", SarifRules.count(run)).put("id", id);
    document.put("url", url(repository, "analyses/" + id)).put("sarif_id", sarifId);
    ObjectNode tool = document.putObject("tool");
    tool.put("name", driver.path("name").asString("")).putNull("guid");
    tool.put(
        "version", driver.path("semanticVersion").asString(driver.path("version").asString(null)));
    document.put("deletable", true);
    document.put(
        "warning",
        sent == kept
            ? ""
            : "An analysis file contained %d results which is more than our limit of %d."
                .formatted(sent, kept));
    repository.scans.analyses.put(id, new ScanRecords.Analysis(document, sarif));
  }

  private static JsonNode unpacked(String base64) {
    byte[] zipped;
    try {
      zipped = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException malformed) {
      throw ApiFailure.of(400, "The sarif field is not Base64");
    }
    if (zipped.length > SarifHardLimits.MAX_ZIPPED_BYTES) {
      throw ApiFailure.of(413, "The SARIF file is larger than 10 MB");
    }
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(zipped))) {
      return Json.MAPPER.readTree(in.readNBytes(MAX_UNPACKED_BYTES));
    } catch (IOException | JacksonException malformed) {
      throw ApiFailure.of(400, "The sarif field is not a gzip-compressed SARIF file");
    }
  }

  private static String url(Repository repository, String below) {
    return "https://api.github.com/repos/" + repository.fullName() + "/code-scanning/" + below;
  }
}
