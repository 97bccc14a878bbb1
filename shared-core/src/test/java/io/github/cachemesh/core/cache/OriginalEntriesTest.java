package io.github.cachemesh.core.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.github.cachemesh.core.cache.OriginalEntries.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OriginalEntriesTest {
  /** Writes entries as the original does, into the folder that standard input names. */
  private static final String WRITE =
      """
      import base64, hashlib, json, os, sys
      folder = sys.stdin.read().strip()
      def cid(fields):
          digest = hashlib.sha256(json.dumps(fields, sort_keys=True).encode()).digest()
          cid = bytes([1, 0x55, 0x12, 32]) + digest
          return 'b' + base64.b32encode(cid).decode().lower().rstrip('=')
      def plain(fields):
          return hashlib.sha256(json.dumps(fields, sort_keys=True).encode()).hexdigest()
      def write(key, fields, hash, timestamp=1780315200.25, ttl=300):
          entry = {'data': [{'name': 'ü', 'big': 2**70}], 'timestamp': timestamp, 'ttl': ttl,
                   'content_hash': hash, 'validation_fields': fields, 'cache_key': key}
          name = key.replace('/', '_').replace(':', '_').replace('*', '_') + '.json'
          with open(os.path.join(folder, name), 'w') as f:
              json.dump(entry, f, indent=2)
      repos = {'o/r': {'updatedAt': '2026-06-01T00:00:00Z', 'pushedAt': None, 'ü😀': 1.5}}
      write('list_repos:limit=100:owner=o/r', repos, cid(repos))
      write('list_runners:o*', {'status': 'online', 'busy': False}, plain({'busy': False, 'status': 'online'}))
      write('copilot_completion:x', None, None, ttl=3600)
      write('get_repo_info:old', repos, cid(repos), timestamp=1780314000.0)
      write('get_repo_info:forged', repos, cid({}))
      with open(os.path.join(folder, 'cut.json'), 'w') as f:
          f.write('{"data": [1,')
      """;

  private static final Instant NOW = Instant.parse("2026-06-01T12:01:00Z");

  @TempDir private Path temporary;
  private OriginalEntries entries;

  @BeforeEach
  void open() throws IOException {
    Files.createDirectory(temporary.resolve("python"));
    entries = new OriginalEntries(temporary.resolve("store"), () -> NOW);
  }

  private Path python() {
    return temporary.resolve("python");
  }

  private Path exported() {
    return temporary.resolve("exported");
  }

  private static String json(String key, String timestamp) {
    return "{\"data\":1,\"timestamp\":%s,\"ttl\":60,\"cache_key\":\"%s\"}"
        .formatted(timestamp, key);
  }

  @Test
  void whatPythonWroteIsImportedAndExportedByteForByte() throws Exception {
    Python.run(WRITE, python().toString());
    Report imported = entries.importFrom(python());
    assertThat(imported.copied())
        .containsExactlyInAnyOrder(
            "list_repos:limit=100:owner=o/r", "list_runners:o*", "copilot_completion:x");
    assertThat(imported.expired()).containsExactly("get_repo_info:old");
    assertThat(imported.refused())
        .containsEntry("cut.json", "it is not JSON")
        .containsEntry(
            "get_repo_info_forged.json", "its content_hash is not that of its validation_fields")
        .hasSize(2);

    assertThat(entries.exportTo(exported()).copied())
        .containsExactlyInAnyOrderElementsOf(imported.copied());
    for (String name :
        new String[] {
          "list_repos_limit=100_owner=o_r.json", "list_runners_o_.json", "copilot_completion_x.json"
        }) {
      assertThat(exported().resolve(name)).hasSameBinaryContentAs(python().resolve(name));
    }
    assertThat(exported().toFile().list()).hasSize(3);
  }

  @Test
  void theNewerOfTwoEntriesWins() throws IOException {
    Files.writeString(python().resolve("a.json"), json("a", "1780315250"));
    entries.importFrom(python());
    Files.writeString(python().resolve("a.json"), json("a", "1780315249.5"));
    assertThat(entries.importFrom(python()).outdated()).containsExactly("a");
    assertThat(entries.exportTo(python()).copied()).containsExactly("a");
    assertThat(python().resolve("a.json")).hasContent(json("a", "1780315250"));
  }

  @Test
  void aFileOfAnotherKeyOrADamagedOneIsNotOverwritten() throws IOException {
    Files.writeString(python().resolve("x.json"), json("a:b", "1780315250"));
    Files.writeString(python().resolve("y.json"), json("c", "1780315250"));
    entries.importFrom(python());
    Files.createDirectory(exported());
    Files.writeString(exported().resolve("a_b.json"), json("a/b", "1780315000"));
    Files.writeString(exported().resolve("c.json"), "damaged");
    Report report = entries.exportTo(exported());
    assertThat(report.copied()).isEmpty();
    assertThat(report.refused().values())
        .containsExactlyInAnyOrder(
            "the target has another key under its name",
            "the target has a damaged file under its name");
    assertThat(exported().resolve("c.json")).hasContent("damaged");
  }

  @Test
  void damageIsReportedByNameAndReasonAndLeftAlone() throws IOException {
    Files.writeString(python().resolve("1.json"), "[]");
    Files.writeString(python().resolve("2.json"), json("k", "\"soon\""));
    Files.writeString(python().resolve("3.json"), json("k", "1") + "}");
    Files.writeString(
        python().resolve("4.json"),
        json("k", "1").replace("\"ttl\"", "\"content_hash\":7,\"ttl\""));
    Files.writeString(
        python().resolve("5.json"),
        json("k", "1").replace("\"ttl\"", "\"content_hash\":\"b\",\"ttl\""));
    assertThat(entries.importFrom(python()).refused())
        .containsEntry("1.json", "it lacks cache_key or data")
        .containsEntry("2.json", "its timestamp is not a number")
        .containsEntry("3.json", "it is not JSON")
        .containsEntry("4.json", "its content_hash is not a string")
        .containsEntry("5.json", "its content_hash is not that of its validation_fields");
    assertThat(python().toFile().list()).hasSize(5);
  }

  @Test
  void aKeyThatNoFileCanHaveIsRefusedOnExport() throws IOException {
    Files.writeString(python().resolve("1.json"), json("k".repeat(300), "1780315250"));
    Files.writeString(python().resolve("2.json"), json("nul\\u0000", "1780315250"));
    assertThat(entries.importFrom(python()).copied()).hasSize(2);
    assertThat(entries.exportTo(exported()).refused()).hasSize(2);
    assertThat(exported()).isEmptyDirectory();
  }

  @Test
  void aKeyCannotLeadOutOfTheFolder() throws IOException {
    Files.writeString(python().resolve("1.json"), json("../../escape", "1780315250"));
    entries.importFrom(python());
    entries.exportTo(exported());
    assertThat(exported().resolve(".._.._escape.json")).exists();
  }

  @Test
  void aMissingFolderIsAnError() {
    assertThatIOException().isThrownBy(() -> entries.importFrom(temporary.resolve("none")));
  }

  @Test
  void anEmptyStoreExportsNothing() throws IOException {
    assertThat(entries.exportTo(exported()).copied()).isEmpty();
  }
}
