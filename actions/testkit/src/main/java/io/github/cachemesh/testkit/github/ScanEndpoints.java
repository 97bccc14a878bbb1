package io.github.cachemesh.testkit.github;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Code scanning: uploads, what became of them, and analyses. */
final class ScanEndpoints {
  private static final String ROOT = "/repos/{owner}/{repo}/code-scanning";
  private static final String SARIF = "application/sarif+json";

  private ScanEndpoints() {}

  static void register(Router router) {
    router
        .on("PUT", ROOT + "/analysis", ScanUpload::byAction)
        .on("POST", ROOT + "/sarifs", ScanUpload::byApi)
        .on("GET", ROOT + "/sarifs/{id}", ScanEndpoints::upload)
        .on("GET", ROOT + "/analyses", ScanEndpoints::analyses)
        .on("GET", ROOT + "/analyses/{id}", ScanEndpoints::analysis);
  }

  private static Reply upload(Call call) {
    Permissions.requireScanning(call, "read");
    Repository repository = call.repository();
    String id = call.variable("id");
    ScanRecords.Upload upload = repository.scans.uploads.get(id);
    if (upload == null) {
      throw ApiFailure.notFound();
    }
    ObjectNode status = Json.object();
    status.put("processing_status", upload.errors().isEmpty() ? "complete" : "failed");
    status.put(
        "analyses_url",
        "https://api.github.com/repos/%s/code-scanning/analyses?sarif_id=%s"
            .formatted(repository.fullName(), id));
    if (upload.errors().isEmpty()) {
      status.putNull("errors");
    } else {
      upload.errors().forEach(status.withArray("errors")::add);
    }
    return Reply.ok(status);
  }

  private static Reply analyses(Call call) {
    Permissions.requireScanning(call, "read");
    Repository repository = call.repository();
    ApiRequest request = call.request();
    boolean ascending = request.query("direction", "desc").equals("asc");
    Set<String> newer = new HashSet<>();
    List<ObjectNode> newestFirst =
        repository.scans.analyses.descendingMap().values().stream()
            .map(analysis -> described(analysis, newer))
            .filter(document -> matches(document.path("ref"), ref(request)))
            .filter(document -> matches(document.path("tool").path("name"), "tool_name", request))
            .filter(document -> matches(document.path("sarif_id"), "sarif_id", request))
            .toList();
    if (newestFirst.isEmpty()) {
      throw ApiFailure.of(404, "no analysis found");
    }
    List<ObjectNode> ordered = ascending ? newestFirst.reversed() : newestFirst;
    return Page.of(ordered, request, repository.linkPath("/code-scanning/analyses")).reply();
  }

  /** A branch may be named without refs/heads/. */
  private static String ref(ApiRequest request) {
    String ref = request.query("ref", "");
    return ref.isEmpty() || ref.startsWith("refs/") ? ref : "refs/heads/" + ref;
  }

  private static boolean matches(JsonNode value, String parameter, ApiRequest request) {
    return matches(value, request.query(parameter, ""));
  }

  private static boolean matches(JsonNode value, String wanted) {
    return wanted.isEmpty() || value.asString("").equals(wanted);
  }

  /** Only the newest analysis of a set can be deleted. */
  private static ObjectNode described(ScanRecords.Analysis analysis, Set<String> newer) {
    ObjectNode document = analysis.document().deepCopy();
    String set =
        String.join(
            "\n",
            document.path("ref").asString(""),
            document.path("tool").path("name").asString(""),
            document.path("category").asString(""));
    return document.put("deletable", newer.add(set));
  }

  private static Reply analysis(Call call) {
    Permissions.requireScanning(call, "read");
    String id = call.variable("id");
    ScanRecords.Analysis analysis =
        id.matches("\\d{1,18}") ? call.repository().scans.analyses.get(Long.valueOf(id)) : null;
    if (analysis == null) {
      throw ApiFailure.of(404, "No analysis found for analysis ID " + id);
    }
    String accept = call.request().header("Accept");
    if (accept != null && accept.contains(SARIF)) {
      return Reply.text(Json.compact(analysis.sarif()), SARIF + "; charset=utf-8");
    }
    return Reply.ok(analysis.document());
  }
}
