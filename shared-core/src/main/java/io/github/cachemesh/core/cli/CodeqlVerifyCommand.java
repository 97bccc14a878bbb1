package io.github.cachemesh.core.cli;

import io.github.cachemesh.core.sarif.CheckedOutFiles;
import io.github.cachemesh.core.sarif.FingerprintMismatch;
import io.github.cachemesh.core.sarif.Fingerprints;
import io.github.cachemesh.core.sarif.Level;
import io.github.cachemesh.core.sarif.SarifLimits;
import io.github.cachemesh.core.sarif.SarifRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "verify",
    description =
        "Check a SARIF file: that it is one, GitHub's limits, what it counts, and with --checkout"
            + " every fingerprint against the files. Exits with 1 when something is wrong.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  cachemesh codeql verify results/java.sarif",
      "  cachemesh codeql verify results/java.sarif.gz --checkout . --json"
    })
final class CodeqlVerifyCommand implements Callable<Integer> {
  private static final int MAX_SHOWN = 20;

  private final Surroundings surroundings;

  @Parameters(paramLabel = "SARIF", description = "The file, plain or gzip.")
  Path file = Path.of("");

  @Option(
      names = "--checkout",
      paramLabel = "DIR",
      description = "The files that were scanned; fingerprints are not checked without.")
  @Nullable Path checkout;

  @Option(
      names = "--source-root",
      paramLabel = "DIR",
      description = "Folder in the checkout to which the file's paths are relative.")
  String sourceRoot = "";

  @Option(names = "--json", description = "As a JSON object.")
  boolean json;

  CodeqlVerifyCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    SarifFile sarif = SarifFile.read(file);
    Optional<List<FingerprintMismatch>> mismatches =
        checkout == null
            ? Optional.empty()
            : Optional.of(
                Fingerprints.mismatches(sarif.scan(), CheckedOutFiles.of(checkout, sourceRoot)));
    List<String> wrong = new ArrayList<>();
    SarifLimits.exceeded(sarif.scan(), sarif.gzipped().length).ifPresent(wrong::add);
    for (SarifRun run : sarif.scan().runs()) {
      if (!run.executionSuccessful() || !run.hasResults()) {
        wrong.add("a run of " + run.tool() + " that did not end well");
      }
    }
    mismatches
        .filter(found -> !found.isEmpty())
        .ifPresent(found -> wrong.add(found.size() + " results do not fit their lines"));
    surroundings
        .out()
        .println(
            json
                ? JsonText.of(properties(sarif, mismatches, wrong))
                : text(sarif, mismatches, wrong));
    return wrong.isEmpty() ? 0 : 1;
  }

  private static String text(
      SarifFile sarif, Optional<List<FingerprintMismatch>> mismatches, List<String> wrong) {
    Table table =
        new Table()
            .row("size", Amounts.bytes(sarif.scan().bytes()))
            .row("compressed", Amounts.bytes(sarif.gzipped().length))
            .row("sha256", sarif.sha256())
            .row("runs", sarif.scan().runs().size());
    for (SarifRun run : sarif.scan().runs()) {
      table
          .row("tool", run.tool() + " " + run.toolVersion().orElse("without version"))
          .row("category", run.category().orElse("none"))
          .row("incremental", run.incrementalMode().orElse("no"))
          .row("packs", run.packs().size());
      run.extraction()
          .ifPresent(
              seen ->
                  table.row(
                      "files seen", seen.extracted() + ", expected but not " + seen.missed()));
    }
    table
        .row("results", sarif.scan().resultsCount())
        .row("by level", counts(levels(sarif)))
        .row("by severity", counts(sarif.scan().bySeverity()))
        .row("fingerprints", fingerprints(sarif, mismatches));
    mismatches.orElse(List.of()).stream()
        .limit(MAX_SHOWN)
        .forEach(m -> table.row("mismatch", kind(m) + " " + m.path() + ":" + m.line()));
    return table + (wrong.isEmpty() ? "in order" : "wrong: " + String.join("; ", wrong));
  }

  private static String fingerprints(
      SarifFile sarif, Optional<List<FingerprintMismatch>> mismatches) {
    int all = sarif.scan().resultsCount();
    return mismatches
        .map(found -> "%d of %d as computed".formatted(all - found.size(), all))
        .orElse("not checked; --checkout names the files");
  }

  private static Map<String, Integer> levels(SarifFile sarif) {
    Map<String, Integer> levels = new LinkedHashMap<>();
    for (Map.Entry<Level, Integer> level : sarif.scan().byLevel().entrySet()) {
      levels.put(level.getKey().word(), level.getValue());
    }
    return levels;
  }

  private static String counts(Map<String, Integer> counts) {
    return counts.isEmpty()
        ? "none"
        : counts.entrySet().stream()
            .map(count -> count.getKey() + " " + count.getValue())
            .collect(Collectors.joining(", "));
  }

  private static String kind(FingerprintMismatch mismatch) {
    return mismatch.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static Map<String, Object> properties(
      SarifFile sarif, Optional<List<FingerprintMismatch>> mismatches, List<String> wrong) {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("bytes", sarif.scan().bytes());
    properties.put("gzipped_bytes", sarif.gzipped().length);
    properties.put("sha256", sarif.sha256());
    properties.put(
        "runs", sarif.scan().runs().stream().map(CodeqlVerifyCommand::properties).toList());
    properties.put("results", sarif.scan().resultsCount());
    properties.put("by_level", levels(sarif));
    properties.put("by_severity", sarif.scan().bySeverity());
    mismatches.ifPresent(
        found ->
            properties.put(
                "mismatches", found.stream().map(CodeqlVerifyCommand::properties).toList()));
    properties.put("wrong", wrong);
    return properties;
  }

  private static Map<String, Object> properties(SarifRun run) {
    Map<String, Object> properties = new TreeMap<>();
    properties.put("tool", run.tool());
    run.toolVersion().ifPresent(version -> properties.put("tool_version", version));
    run.category().ifPresent(category -> properties.put("category", category));
    run.incrementalMode().ifPresent(mode -> properties.put("incremental_mode", mode));
    properties.put("execution_successful", run.executionSuccessful());
    properties.put("results", run.results().size());
    return properties;
  }

  private static Map<String, Object> properties(FingerprintMismatch mismatch) {
    return Map.of(
        "kind", kind(mismatch),
        "path", mismatch.path(),
        "line", mismatch.line(),
        "recorded", mismatch.recorded(),
        "computed", mismatch.computed());
  }
}
