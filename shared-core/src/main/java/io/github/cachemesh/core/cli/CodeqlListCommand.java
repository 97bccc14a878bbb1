package io.github.cachemesh.core.cli;

import io.github.cachemesh.core.codeql.OriginalScans;
import io.github.cachemesh.core.codeql.StoreEntry;
import io.github.cachemesh.core.codeql.StoredScan;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "list",
    description = "List the stored results, or with --original those of the Python original.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  cachemesh codeql list --repository-id 1296269 --store-key-file store.key",
      "  cachemesh codeql list --original ./original-cache --json"
    })
final class CodeqlListCommand implements Callable<Integer> {
  private static final int SHOWN_DIGITS = 12;

  private final Surroundings surroundings;

  @Mixin final ScanStoreOptions store = new ScanStoreOptions();

  @Option(
      names = "--original",
      paramLabel = "DIR",
      description = "Read the entry files of the Python original there; no key is needed.")
  @Nullable Path original;

  @Option(names = "--json", description = "As a JSON array.")
  boolean json;

  CodeqlListCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    if (original != null) {
      return listOriginal(original);
    }
    List<StoreEntry> entries = store.open(surroundings).list();
    surroundings
        .out()
        .println(
            json
                ? JsonText.of(entries.stream().map(CodeqlListCommand::properties).toList())
                : table(entries));
    return 0;
  }

  private int listOriginal(Path folder) throws IOException {
    OriginalScans.Found found = OriginalScans.read(folder);
    surroundings
        .out()
        .println(
            json
                ? JsonText.of(found.entries().stream().map(CodeqlListCommand::properties).toList())
                : originalTable(found.entries()));
    found
        .refused()
        .forEach(
            (file, why) ->
                surroundings
                    .err()
                    .print(new Table().row("cachemesh: refused " + file + ": " + why)));
    return found.refused().isEmpty() ? 0 : 1;
  }

  private String table(List<StoreEntry> entries) {
    Table table =
        new Table().row("KEY", "CATEGORY", "COMMIT", "RESULTS", "SAVES", "SIZE", "AGE", "PARTIAL");
    long bytes = 0;
    for (StoreEntry entry : entries) {
      bytes += entry.bytes();
      switch (entry) {
        case StoreEntry.Readable(_, long size, StoredScan scan) ->
            table.row(
                shown(scan.key().hex()),
                scan.category(),
                shown(scan.origin().commit()),
                scan.resultsCount(),
                Amounts.time(scan.duration()),
                Amounts.bytes(size),
                Amounts.time(Duration.between(scan.storedAt(), surroundings.clock().instant())),
                scan.partial().map(partial -> "of #" + partial.pullRequest()).orElse("no"));
        case StoreEntry.Corrupt(String file, long size, String detail) ->
            table.row(shown(file), detail, "", "", "", Amounts.bytes(size), "", "");
      }
    }
    return table + "%d results, %s".formatted(entries.size(), Amounts.bytes(bytes));
  }

  private static String originalTable(List<OriginalScans.Entry> entries) {
    Table table = new Table().row("REPOSITORY", "COMMIT", "LANGUAGE", "ALERTS", "MADE");
    for (OriginalScans.Entry entry : entries) {
      table.row(
          entry.repository(),
          shown(entry.commit()),
          entry.language(),
          entry.alerts(),
          entry.timestamp().truncatedTo(ChronoUnit.SECONDS));
    }
    return table + "%d entries; none of them lets a scan be skipped".formatted(entries.size());
  }

  static String shown(String hexadecimal) {
    return hexadecimal.substring(0, Math.min(SHOWN_DIGITS, hexadecimal.length()));
  }

  private static Map<String, Object> properties(StoreEntry entry) {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("file", entry.file());
    properties.put("bytes", entry.bytes());
    switch (entry) {
      case StoreEntry.Readable(_, _, StoredScan scan) -> properties.putAll(properties(scan));
      case StoreEntry.Corrupt(_, _, String detail) -> properties.put("corrupt", detail);
    }
    return properties;
  }

  static Map<String, Object> properties(StoredScan scan) {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("key", scan.key().hex());
    properties.put("category", scan.category());
    properties.put("commit", scan.origin().commit());
    properties.put("tree", scan.origin().tree());
    properties.put("ref", scan.origin().ref());
    properties.put("analysis_key", scan.origin().analysisKey());
    properties.put("tool_version", scan.toolVersion());
    properties.put("results", scan.resultsCount());
    properties.put("by_severity", new TreeMap<>(scan.bySeverity()));
    properties.put("duration_seconds", scan.duration().toSeconds());
    properties.put("stored_at", scan.storedAt().toString());
    scan.partial().ifPresent(partial -> properties.put("pull_request", partial.pullRequest()));
    return properties;
  }

  private static Map<String, Object> properties(OriginalScans.Entry entry) {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("repository", entry.repository());
    properties.put("commit", entry.commit());
    properties.put("scan_config_hash", entry.configHash());
    properties.put("language", entry.language());
    properties.put("alerts_count", entry.alerts());
    properties.put("severity_breakdown", entry.bySeverity());
    properties.put("scan_duration", entry.scanSeconds());
    properties.put("timestamp", entry.timestamp().toString());
    properties.put("ttl", entry.ttlSeconds());
    return properties;
  }
}
