package io.github.cachemesh.testkit.github;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** SARIF files and uploads of the form that codeql-action makes. */
final class ScanFixture {
  static final String COMMIT = "c".repeat(40);
  static final String CATEGORY = "/language:java/";

  private ScanFixture() {}

  /** A file of one run with so many results, the last of which is an error by its rule. */
  static ObjectNode sarif(int results) {
    ObjectNode sarif = Json.object().put("version", "2.1.0");
    sarif.putArray("runs").add(run(results, CATEGORY));
    return sarif;
  }

  static ObjectNode run(int results, String automationId) {
    ObjectNode run = Json.object();
    ObjectNode tool = run.putObject("tool");
    ObjectNode driver = tool.putObject("driver").put("name", "CodeQL");
    driver.put("semanticVersion", "2.20.5").putArray("rules");
    ObjectNode pack = tool.putArray("extensions").addObject().put("name", "codeql/java-queries");
    ArrayNode rules = pack.putArray("rules");
    rule(rules, "java/note", "note");
    rule(rules, "java/error", "error");
    run.putArray("invocations").addObject().put("executionSuccessful", true);
    run.putObject("automationDetails").put("id", automationId);
    ArrayNode all = run.putArray("results");
    for (int i = 1; i <= results; i++) {
      result(all.addObject(), i, i == results ? 1 : 0);
    }
    run.putObject("properties").put("semmle.formatSpecifier", "sarif-latest");
    return run;
  }

  private static void rule(ArrayNode rules, String id, String level) {
    ObjectNode rule = rules.addObject().put("id", id);
    rule.putObject("defaultConfiguration").put("level", level);
    ArrayNode tags = rule.putObject("properties").putArray("tags");
    for (int i = 0; i < 12; i++) {
      tags.add("tag" + i);
    }
  }

  private static void result(ObjectNode result, int line, int rule) {
    result.put("ruleId", rule == 0 ? "java/note" : "java/error");
    ObjectNode reference = result.putObject("rule").put("index", rule);
    reference.putObject("toolComponent").put("index", 0);
    result.putObject("message").put("text", "Found");
    ObjectNode physical = result.putArray("locations").addObject().putObject("physicalLocation");
    physical.putObject("artifactLocation").put("uri", "src/A.java").put("index", 7);
    physical.putObject("region").put("startLine", line).put("endColumn", 9);
    ObjectNode fingerprints = result.putObject("partialFingerprints");
    fingerprints.put("primaryLocationLineHash", line + "abc:1").put("other", "x");
    result.putArray("codeFlows").addObject().putArray("threadFlows");
  }

  /** The body that codeql-action PUTs. */
  static ObjectNode upload(ObjectNode sarif) {
    ObjectNode body = Json.object().put("commit_oid", COMMIT).put("ref", "refs/heads/main");
    body.put("analysis_key", ".github/workflows/codeql.yml:analyze").put("analysis_name", "CodeQL");
    body.put("sarif", zipped(sarif.toString().getBytes(StandardCharsets.UTF_8)));
    body.put("workflow_run_id", 1).put("workflow_run_attempt", 1);
    body.put("checkout_uri", "file:///work").put("environment", "{\"language\":\"java\"}");
    body.putArray("tool_names").add("CodeQL");
    return body;
  }

  static String zipped(byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Base64.getEncoder().encodeToString(out.toByteArray());
  }
}
