package io.github.cachemesh.codeqlcache;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cachemesh.core.sarif.LineHashes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Leaves in a job what init, analyze and upload-sarif of github/codeql-action v4 leave there. */
final class CodeqlSteps {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Bench bench;

  CodeqlSteps(Bench bench) {
    this.bench = bench;
  }

  /** A SARIF with an alert on each of these lines of {@code src/app.js}. */
  ObjectNode sarif(int... lines) throws IOException {
    ObjectNode sarif = JSON.createObjectNode().put("version", "2.1.0");
    ObjectNode run = sarif.putArray("runs").addObject();
    ObjectNode driver = run.putObject("tool").putObject("driver");
    driver.put("name", "CodeQL").put("semanticVersion", "2.25.6").putArray("rules");
    run.putArray("invocations").addObject().put("executionSuccessful", true);
    run.putObject("automationDetails").put("id", "/language:actions/");
    ArrayNode results = run.putArray("results");
    for (int line : lines) {
      ObjectNode result = results.addObject().put("ruleId", "js/eval");
      result.putObject("message").put("text", "Do not.");
      ObjectNode place = result.putArray("locations").addObject().putObject("physicalLocation");
      place.putObject("artifactLocation").put("uri", "src/app.js");
      place.putObject("region").put("startLine", line);
      result.putObject("partialFingerprints").put("primaryLocationLineHash", hash(line));
    }
    return sarif;
  }

  private String hash(int line) throws IOException {
    try (InputStream in = Files.newInputStream(bench.workspace().resolve("src/app.js"))) {
      return LineHashes.of(in).orElseThrow().of(Set.of(line)).get(line).text();
    }
  }

  /** Init and analyze have run, and analyze has uploaded. */
  void scan(ObjectNode sarif) throws IOException, InterruptedException {
    scanWithoutUpload(sarif);
    upload(sarif);
  }

  void scanWithoutUpload(ObjectNode sarif) throws IOException {
    init(config());
    bench.export("CODEQL_ACTION_ANALYZE_DID_COMPLETE_SUCCESSFULLY", "true");
    Path dump = Path.of(String.valueOf(bench.exported().get("CODEQL_ACTION_SARIF_DUMP_DIR")));
    Files.createDirectories(dump);
    Files.writeString(dump.resolve("upload.sarif"), sarif.toString());
  }

  /** What init saves. */
  ObjectNode config() {
    ObjectNode config = JSON.createObjectNode();
    config.putArray("analysisKinds").add("code-scanning");
    config.putArray("languages").add("actions");
    config.put("buildMode", "none").put("debugMode", false);
    config
        .putObject("computedConfig")
        .putArray("queries")
        .addObject()
        .put("uses", "security-extended");
    config.put("overlayDatabaseMode", "none").putObject("repositoryProperties");
    config.putArray("extraQueryExclusions");
    config.putObject("gitHubVersion").put("type", "GitHub.com");
    return config;
  }

  void init(ObjectNode config) throws IOException {
    Files.writeString(bench.temp().resolve("config"), config.toString());
    bench.export(
        "CODEQL_ACTION_CLI_VERSION_INFO",
        "{\"cmd\":\"codeql\",\"version\":{\"version\":\"2.25.6\"}}");
    bench.export("CODEQL_ACTION_INIT_HAS_RUN", "true");
  }

  /** Uploads as analyze and upload-sarif do, for the commit of the job. */
  void upload(ObjectNode sarif) throws IOException, InterruptedException {
    bench.export("CODEQL_UPLOAD_SARIF__LANGUAGE_ACTIONS__CODEQL", "x");
    ObjectNode body = JSON.createObjectNode();
    body.put("commit_oid", bench.variable("GITHUB_SHA")).put("ref", bench.variable("GITHUB_REF"));
    body.put("analysis_key", Bench.WORKFLOW + ":analyze").put("environment", "null");
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
      gzip.write(sarif.toString().getBytes(UTF_8));
    }
    body.put("sarif", Base64.getEncoder().encodeToString(zipped.toByteArray()));
    URI url =
        URI.create(bench.github().uri() + "/repos/" + Bench.REPOSITORY + "/code-scanning/analysis");
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> response =
          client.send(
              HttpRequest.newBuilder(url)
                  .header("Authorization", "Bearer " + Bench.TOKEN)
                  .PUT(BodyPublishers.ofString(body.toString()))
                  .build(),
              BodyHandlers.ofString());
      if (response.statusCode() != 202) {
        throw new IOException("the upload was refused: " + response.body());
      }
    }
  }

  /** The lines that a SARIF has alerts on. */
  static List<Integer> lines(Path sarif) throws IOException {
    return JSON.readTree(Files.readString(sarif))
        .at("/runs/0/results")
        .valueStream()
        .map(result -> result.at("/locations/0/physicalLocation/region/startLine").asInt())
        .toList();
  }
}
