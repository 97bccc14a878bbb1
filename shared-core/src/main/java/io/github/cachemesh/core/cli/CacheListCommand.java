package io.github.cachemesh.core.cli;

import io.github.cachemesh.core.config.InvalidConfigurationException;
import io.github.cachemesh.core.http.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

@Command(
    name = "list",
    description = "List the entries on disk.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  cachemesh cache list",
      "  cachemesh cache list --host api.github.com --path /repos/octocat --json"
    })
final class CacheListCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin final SettingsOptions settings = new SettingsOptions();

  @Option(names = "--host", paramLabel = "H", description = "Only of that host.")
  @Nullable String host;

  @Option(
      names = "--path",
      paramLabel = "P",
      description = "Only of that path and of those below it.")
  @Nullable String path;

  @Option(names = "--json", description = "As a JSON array.")
  boolean json;

  CacheListCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException, InvalidConfigurationException {
    Path folder = settings.load(surroundings).cache().directory();
    List<Entry> entries =
        new StoredEntries(folder, surroundings.clock())
            .all().stream().filter(this::isMeant).toList();
    Instant now = surroundings.clock().instant();
    surroundings.out().println(json ? json(entries, now) : table(entries, now));
    return 0;
  }

  private boolean isMeant(Entry entry) {
    return (host == null || entry.key().resource().host().equals(host.toLowerCase(Locale.ROOT)))
        && (path == null || isAtOrBelow(path, entry.key().resource().path()));
  }

  private static boolean isAtOrBelow(String parent, String path) {
    String folder = parent.endsWith("/") ? parent : parent + "/";
    return path.equals(parent) || path.startsWith(folder);
  }

  private static String table(List<Entry> entries, Instant now) {
    Table table = new Table().row("URL", "ACCEPT", "VERSION", "SIZE", "STORED", "AGE", "PROOFS");
    long bytes = 0;
    for (Entry entry : entries) {
      bytes += entry.bodyLength();
      table.row(
          entry.key().resource().host() + entry.key().resource().target(),
          entry.key().accept(),
          entry.key().resource().apiVersion(),
          Amounts.bytes(entry.bodyLength()),
          entry.storedAt().truncatedTo(ChronoUnit.SECONDS),
          Amounts.time(Duration.between(entry.lastProvenAt(), now)),
          entry.proofs().size());
    }
    return table + "%d entries, %s".formatted(entries.size(), Amounts.bytes(bytes));
  }

  private static String json(List<Entry> entries, Instant now) {
    return JsonMapper.builder()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .build()
        .writeValueAsString(entries.stream().map(entry -> properties(entry, now)).toList());
  }

  /** For whom GitHub vouched, and with which tags, is only counted. */
  private static Map<String, Object> properties(Entry entry, Instant now) {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("host", entry.key().resource().host());
    properties.put("path", entry.key().resource().path());
    properties.put("query", entry.key().resource().query());
    properties.put("api_version", entry.key().resource().apiVersion());
    properties.put("accept", entry.key().accept());
    properties.put("bytes", entry.bodyLength());
    properties.put("stored_at", entry.storedAt().toString());
    properties.put("last_proven_at", entry.lastProvenAt().toString());
    properties.put("age_seconds", Duration.between(entry.lastProvenAt(), now).toSeconds());
    properties.put("proofs", entry.proofs().size());
    return properties;
  }
}
