package io.github.cachemesh.core.codeql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class OriginalScansTest {
  private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

  /** SHA-256 of {@code {"languages": "auto", "queries": "security-extended"}}, as Python writes. */
  private static final String CONFIG =
      "2ccff85ba03cadca8ea58a559085f041f954c9826751f57a5b05b04dcda93168";

  /** What {@code put_scan_result} of the original leaves behind. */
  private static final String JSON =
      """
      {"data": {"commit_sha": "%s", "scan_config_hash": "%s", "results": {"runs": []}, \
      "timestamp": 1762420000.25, "scan_duration": 300.5, "alerts_count": 3, \
      "severity_breakdown": {"critical": 0, "high": 0, "medium": 0, "low": 0, "warning": 2, \
      "note": 1}, "sarif_location": "/tmp/results.sarif"}, "timestamp": 1762420000.3, \
      "ttl": 86400, "content_hash": null, "validation_fields": null}\
      """
          .formatted(COMMIT, CONFIG);

  private static final String NAME =
      "codeql_codeql_scan_octo_hello_world_%s_%s_python.json".formatted(COMMIT, CONFIG);

  @TempDir private Path folder;

  @Test
  void entryOfTheOriginalIsRead() throws IOException {
    Files.writeString(folder.resolve(NAME), JSON);
    Files.writeString(folder.resolve("list_repos_owner=x.json"), "{}");
    OriginalScans.Found found = OriginalScans.read(folder);
    assertThat(found.refused()).isEmpty();
    assertThat(found.entries())
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.repository()).isEqualTo("octo_hello_world");
              assertThat(entry.commit()).isEqualTo(COMMIT);
              assertThat(entry.language()).isEqualTo("python");
              assertThat(entry.alerts()).isEqualTo(3);
              assertThat(entry.scanSeconds()).isEqualTo(300.5);
              assertThat(entry.timestamp()).hasToString("2025-11-06T09:06:40.250Z");
              assertThat(entry.bySeverity()).containsEntry("warning", 2);
              assertThat(entry.sarifLocation()).contains("/tmp/results.sarif");
            });
  }

  @Test
  void keyOfALaterVersionNamesTheRepository() throws IOException {
    String key = "codeql:codeql_scan:octo/hello_world:%s:%s".formatted(COMMIT, CONFIG);
    Files.writeString(
        folder.resolve(NAME.replace("_python", "")),
        JSON.replaceFirst("\\{", "{\"cache_key\": \"" + key + "\", "));
    OriginalScans.Entry entry = OriginalScans.read(folder).entries().getFirst();
    assertThat(entry.repository()).isEqualTo("octo/hello_world");
    assertThat(entry.language()).isEmpty();
  }

  @Test
  void whatIsNoEntryIsNamed() throws IOException {
    Files.writeString(folder.resolve(NAME), JSON.replace(COMMIT, "f".repeat(40)));
    Files.writeString(folder.resolve("codeql_codeql_scan_x.json"), JSON);
    Files.writeString(folder.resolve(NAME.replace("python", "java")), "{\"data\": 1}");
    OriginalScans.Found found = OriginalScans.read(folder);
    assertThat(found.entries()).isEmpty();
    assertThat(found.refused()).hasSize(3);
  }

  @Test
  void exportedEntryIsReadAgainAndHoldsNoAlert() throws IOException {
    OriginalScans.Entry entry =
        OriginalScans.Entry.of(Samples.stored(), "octo/hello", CONFIG, "javascript", 86_400);
    Path file = OriginalScans.write(entry, folder.resolve("out"), Samples.NOW);
    assertThat(file.getFileName())
        .hasToString(
            "codeql_codeql_scan_octo_hello_%s_%s_javascript.json"
                .formatted(Samples.COMMIT, CONFIG));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(OriginalScans.read(folder.resolve("out")).entries()).containsExactly(entry);
    JsonNode json = JsonMapper.shared().readTree(Files.readAllBytes(file));
    assertThat(json.propertyNames())
        .containsExactlyInAnyOrder(
            "cache_key", "data", "timestamp", "ttl", "content_hash", "validation_fields");
    assertThat(json.path("data").path("results")).hasToString("{\"runs\":[]}");
    assertThat(json.path("data").path("severity_breakdown").propertyNames())
        .containsExactlyInAnyOrderElementsOf(Map.of("error", 1, "warning", 1).keySet());
  }
}
