package io.github.cachemesh.core.codeql;

import io.github.cachemesh.core.store.PrivateFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Entry files of the Python original, {@code
 * codeql_codeql_scan_<owner>_<repo>_<sha>_<config>_<language>.json}, for people to look at and to
 * take with them. They say neither what was scanned nor how, so they never authorise a skip.
 *
 * <p>At most {@value #MAX_FILES} files of {@value #MAX_FILE_BYTES} bytes are read.
 */
public final class OriginalScans {
  static final int MAX_FILES = 5_000;
  static final int MAX_FILE_BYTES = 32 << 20;

  private static final Pattern NAME =
      Pattern.compile(
          "codeql_codeql_scan_(.+)_([0-9a-f]{7,64})_([0-9a-f]{64})(?:_([^_]+))?\\.json");

  private OriginalScans() {}

  /**
   * One of them.
   *
   * @param language empty where the entry was made without
   * @param configHash SHA-256 of the configuration's sorted JSON, in hexadecimal
   * @param timestamp when it was made
   * @param scanSeconds how long the scan took
   * @param alerts as counted by whoever wrote it
   * @param bySeverity as counted by whoever wrote it
   * @param sarifLocation where the SARIF lies, as far as known
   */
  public record Entry(
      String repository,
      String commit,
      String configHash,
      String language,
      Instant timestamp,
      long ttlSeconds,
      double scanSeconds,
      int alerts,
      SortedMap<String, Integer> bySeverity,
      Optional<String> sarifLocation) {
    public Entry {
      bySeverity = new TreeMap<>(bySeverity);
    }

    /** What is stored, as the original would describe it. */
    public static Entry of(
        StoredScan scan, String repository, String configHash, String language, long ttlSeconds) {
      return new Entry(
          repository,
          scan.origin().commit(),
          configHash,
          language,
          scan.storedAt(),
          ttlSeconds,
          scan.duration().toMillis() / 1000.0,
          scan.resultsCount(),
          new TreeMap<>(scan.bySeverity()),
          Optional.empty());
    }

    private String key() {
      String key = "codeql:codeql_scan:%s:%s:%s".formatted(repository, commit, configHash);
      return language.isEmpty() ? key : key + ":" + language;
    }

    /** As the original names it. */
    public String fileName() {
      return key().replace('/', '_').replace(':', '_').replace('*', '_') + ".json";
    }
  }

  /**
   * What a folder holds.
   *
   * @param refused names of files, each with the reason
   */
  public record Found(List<Entry> entries, SortedMap<String, String> refused) {
    public Found {
      entries = List.copyOf(entries);
    }
  }

  /**
   * Reads every entry of a folder; what cannot be read is named.
   *
   * @throws IOException when the folder cannot be listed
   */
  public static Found read(Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found =
        Files.newDirectoryStream(folder, "codeql_codeql_scan_*.json")) {
      for (Path file : found) {
        if (files.size() < MAX_FILES && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          files.add(file);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    files.sort(null);
    List<Entry> entries = new ArrayList<>();
    SortedMap<String, String> refused = new TreeMap<>();
    for (Path file : files) {
      String name = file.getFileName().toString();
      try {
        entries.add(parse(name, bytes(file)));
      } catch (IllegalArgumentException e) {
        refused.put(name, String.valueOf(e.getMessage()));
      } catch (IOException e) {
        refused.put(name, "it cannot be read: " + e.getClass().getSimpleName());
      }
    }
    return new Found(entries, refused);
  }

  private static byte[] bytes(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      byte[] bytes = in.readNBytes(MAX_FILE_BYTES + 1);
      if (bytes.length > MAX_FILE_BYTES) {
        throw new IllegalArgumentException("it is larger than " + MAX_FILE_BYTES + " bytes");
      }
      return bytes;
    }
  }

  /**
   * @throws IllegalArgumentException with the reason, when it is no such entry
   */
  static Entry parse(String fileName, byte[] json) {
    Matcher name = NAME.matcher(fileName);
    if (!name.matches()) {
      throw new IllegalArgumentException("its name has no commit and configuration");
    }
    try {
      JsonNode file = JsonMapper.shared().readTree(json);
      JsonNode data = file.required("data");
      @Nullable String language = name.group(4);
      Entry entry =
          new Entry(
              repository(file, name.group(1)),
              data.required("commit_sha").asString(),
              data.required("scan_config_hash").asString(),
              language == null ? "" : language,
              Instant.ofEpochMilli(Math.round(data.required("timestamp").asDouble() * 1000)),
              Math.round(file.required("ttl").asDouble()),
              data.required("scan_duration").asDouble(),
              data.required("alerts_count").asInt(),
              severities(data.path("severity_breakdown")),
              data.path("sarif_location").asStringOpt());
      if (!entry.commit().equals(name.group(2)) || !entry.configHash().equals(name.group(3))) {
        throw new IllegalArgumentException("its name is that of another commit or configuration");
      }
      return entry;
    } catch (JacksonException e) {
      throw new IllegalArgumentException("it is no entry of the original", e);
    }
  }

  /** Its key says it, where the file has one; in its name the slash is an underscore. */
  private static String repository(JsonNode file, String ofName) {
    String[] key = file.path("cache_key").asString("").split(":", -1);
    return key.length >= 5 ? key[2] : ofName;
  }

  private static SortedMap<String, Integer> severities(JsonNode breakdown) {
    SortedMap<String, Integer> severities = new TreeMap<>();
    for (Map.Entry<String, JsonNode> severity : breakdown.properties()) {
      severities.put(severity.getKey(), severity.getValue().asInt());
    }
    return severities;
  }

  /**
   * Writes an entry where the original finds it. The alerts themselves stay sealed: its {@code
   * results} say how many there are, in a SARIF without any.
   */
  public static Path write(Entry entry, Path folder, Instant now) throws IOException {
    Map<String, @Nullable Object> data = new LinkedHashMap<>();
    data.put("commit_sha", entry.commit());
    data.put("scan_config_hash", entry.configHash());
    data.put("results", Map.of("runs", List.of()));
    data.put("timestamp", entry.timestamp().toEpochMilli() / 1000.0);
    data.put("scan_duration", entry.scanSeconds());
    data.put("alerts_count", entry.alerts());
    data.put("severity_breakdown", entry.bySeverity());
    data.put("sarif_location", entry.sarifLocation().orElse(null));
    Map<String, @Nullable Object> file = new LinkedHashMap<>();
    file.put("cache_key", entry.key());
    file.put("data", data);
    file.put("timestamp", entry.timestamp().toEpochMilli() / 1000.0);
    file.put("ttl", entry.ttlSeconds());
    file.put("content_hash", null);
    file.put("validation_fields", null);
    Path target = folder.resolve(entry.fileName());
    PrivateFiles.replace(target, now, ByteBuffer.wrap(JsonMapper.shared().writeValueAsBytes(file)));
    return target;
  }
}
