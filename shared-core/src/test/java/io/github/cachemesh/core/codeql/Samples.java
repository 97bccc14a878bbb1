package io.github.cachemesh.core.codeql;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cachemesh.core.github.Analysis;
import io.github.cachemesh.core.sarif.Extraction;
import io.github.cachemesh.core.sarif.Fingerprint;
import io.github.cachemesh.core.sarif.Level;
import io.github.cachemesh.core.sarif.Pack;
import io.github.cachemesh.core.sarif.RunSizes;
import io.github.cachemesh.core.sarif.SarifResult;
import io.github.cachemesh.core.sarif.SarifRule;
import io.github.cachemesh.core.sarif.SarifRun;
import io.github.cachemesh.core.sarif.SarifScan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** A scan of JavaScript on {@code main}, as records that tests vary. */
final class Samples {
  static final Instant NOW = Instant.parse("2026-06-13T10:00:00Z");
  static final long REPOSITORY = 4711;
  static final String COMMIT = "c".repeat(40);
  static final String TREE = "7".repeat(40);
  static final String ACTION = "a".repeat(40);
  static final String DIGEST = "d".repeat(64);
  static final String PROJECTED = "e".repeat(64);
  static final String VERSION = "2.25.6";
  static final String ANALYSIS_KEY = ".github/workflows/codeql.yml:analyze";
  static final String MATRIX = "{\"language\":\"javascript-typescript\"}";
  static final String CATEGORY = "/language:javascript-typescript";
  static final Partial PARTIAL = new Partial(7, TREE, "b".repeat(40));

  static final Map<String, String> ENVIRONMENT =
      Map.of("PATH", "/usr/bin", "CODEQL_ACTION_DIFF_INFORMED_QUERIES", "false");

  private Samples() {}

  static ScanSettings settings() {
    return new ScanSettings(
        "javascript-typescript",
        "none",
        "security-extended",
        "",
        "",
        "",
        "",
        CATEGORY,
        VERSION,
        false,
        Set.of());
  }

  static ScanSettings with(ScanSettings s, String field, String value) {
    return new ScanSettings(
        field.equals("languages") ? value : s.languages(),
        field.equals("build-mode") ? value : s.buildMode(),
        field.equals("queries") ? value : s.queries(),
        field.equals("packs") ? value : s.packs(),
        field.equals("config-file") ? value : s.configFile(),
        field.equals("config") ? value : s.config(),
        field.equals("source-root") ? value : s.sourceRoot(),
        field.equals("category") ? value : s.category(),
        field.equals("codeql-version") ? value : s.toolsVersion(),
        field.equals("traced-builds") ? value.equals("true") : s.tracedBuilds(),
        field.equals("ignore-changes") ? Set.of(value.split(",")) : s.ignoreChanges());
  }

  static ScanSettings settings(String field, String value) {
    return with(settings(), field, value);
  }

  static ScanSite site() {
    return new ScanSite(
        REPOSITORY,
        DIGEST,
        Optional.of(PROJECTED),
        Optional.empty(),
        ACTION,
        ANALYSIS_KEY,
        MATRIX,
        new Runner("Linux", "X64", "ubuntu24", "20260601.1"),
        ENVIRONMENT,
        Optional.of(Map.of()),
        "1".repeat(64),
        "2".repeat(64));
  }

  static ScanSite site(Component changed, Object value) {
    ScanSite s = site();
    String text = value.toString();
    return new ScanSite(
        changed == Component.REPOSITORY ? Long.parseLong(text) : s.repositoryId(),
        changed == Component.TREE ? text : s.checkoutDigest(),
        s.projectedDigest(),
        changed == Component.CONFIG_FILE
            ? Optional.of(ConfigFile.of(text.getBytes(UTF_8)))
            : s.configFile(),
        changed == Component.ACTION ? text : s.actionSha(),
        changed == Component.ANALYSIS_KEY ? text : s.analysisKey(),
        changed == Component.MATRIX ? text : s.matrix(),
        changed == Component.RUNNER ? (Runner) value : s.runner(),
        changed == Component.VARIABLES ? texts(value) : s.environment(),
        changed == Component.PROPERTIES ? Optional.of(texts(value)) : s.properties(),
        changed == Component.WORKFLOW ? text : s.workflowSha256(),
        changed == Component.BUILD_RECIPE ? text : s.buildRecipeSha256());
  }

  @SuppressWarnings("unchecked")
  private static Map<String, String> texts(Object value) {
    return (Map<String, String>) value;
  }

  static Cacheability.Cacheable cacheable(ScanSettings settings, ScanSite site) {
    return switch (Cacheability.of(settings, site)) {
      case Cacheability.Cacheable cacheable -> cacheable;
      case Cacheability.NotCacheable(Refusal refusal) -> throw new AssertionError(refusal);
    };
  }

  static Cacheability.Cacheable cacheable() {
    return cacheable(settings(), site());
  }

  static ScanKey key() {
    return cacheable().key();
  }

  static Origin origin(String ref, String event, OptionalInt pull) {
    return new Origin(REPOSITORY, COMMIT, TREE, ref, event, 100, 1, ANALYSIS_KEY, MATRIX, pull);
  }

  static Origin origin() {
    return origin("refs/heads/main", "push", OptionalInt.empty());
  }

  static StoredScan stored(
      ScanKey key, Origin origin, Instant storedAt, Optional<Partial> partial) {
    return new StoredScan(
        key,
        Optional.empty(),
        origin,
        CATEGORY,
        VERSION,
        "f".repeat(64),
        2,
        Map.of("error", 1, "warning", 1),
        Duration.ofSeconds(300),
        storedAt,
        partial,
        Optional.empty());
  }

  static StoredScan stored() {
    return stored(key(), origin(), NOW.minus(Duration.ofHours(1)), Optional.empty());
  }

  static SarifResult result(String rule, String path, String hash) {
    return new SarifResult(
        new SarifRule(rule, Level.ERROR, Optional.empty()),
        Level.ERROR,
        path,
        3,
        Fingerprint.of(hash),
        1);
  }

  static final List<SarifResult> RESULTS =
      List.of(
          result("js/xss", "src/page.js", "39fa2ee980eb94b0:1"),
          result("js/sql-injection", "src/query.js", "72e67a9a1ba2c4f5:1"));

  static SarifRun run() {
    return run(RESULTS);
  }

  static SarifRun run(List<SarifResult> results) {
    return run("CodeQL", Optional.of(CATEGORY + "/"), true, Optional.empty(), List.of(), results);
  }

  static SarifRun run(
      String tool,
      Optional<String> category,
      boolean successful,
      Optional<String> incrementalMode,
      List<Pack> packs,
      List<SarifResult> results) {
    return new SarifRun(
        tool,
        Optional.of(VERSION),
        category,
        successful,
        incrementalMode,
        Optional.empty(),
        packs,
        true,
        results,
        Optional.empty(),
        Set.of("src/page.js", "src/query.js"),
        new RunSizes(1, 2, 3, 1, 0));
  }

  static SarifRun extracted(int extracted, int expected) {
    SarifRun run = run();
    return new SarifRun(
        run.tool(),
        run.toolVersion(),
        run.category(),
        run.executionSuccessful(),
        run.incrementalMode(),
        run.configSummary(),
        run.packs(),
        run.hasResults(),
        run.results(),
        Optional.of(new Extraction(extracted, expected, expected - extracted)),
        run.artifactPaths(),
        run.sizes());
  }

  static SarifScan sarif(SarifRun... runs) {
    return new SarifScan(List.of(runs), 1_000);
  }

  static Analysis analysis() {
    return analysis("refs/heads/main");
  }

  static Analysis analysis(String ref) {
    return new Analysis(
        55,
        ref,
        COMMIT,
        ANALYSIS_KEY,
        "{ \"language\": \"javascript-typescript\" }",
        CATEGORY,
        "",
        "",
        NOW.minus(Duration.ofHours(1)),
        2,
        80,
        "CodeQL",
        Optional.of(VERSION),
        "6f2c",
        true);
  }
}
