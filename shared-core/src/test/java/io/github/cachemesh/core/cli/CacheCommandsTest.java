package io.github.cachemesh.core.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.core.cache.DiskTier;
import io.github.cachemesh.core.cache.TierEvents;
import io.github.cachemesh.core.http.BodyDigest;
import io.github.cachemesh.core.http.EntityTag;
import io.github.cachemesh.core.http.Entry;
import io.github.cachemesh.core.http.Fields;
import io.github.cachemesh.core.http.Principal;
import io.github.cachemesh.core.http.Proof;
import io.github.cachemesh.core.http.RequestKey;
import io.github.cachemesh.core.http.TagKind;
import io.github.cachemesh.core.http.Vary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Commands on a folder that no node runs on. */
class CacheCommandsTest {
  private static final String PRINCIPAL = "ab".repeat(32);
  private static final String TAG = "f".repeat(64);

  @TempDir Path work;
  private Path folder;

  @BeforeEach
  void fill() {
    folder = work.resolve("cache");
    DiskTier disk = new DiskTier(folder, 100, 1 << 20, Clock.systemUTC(), TierEvents.NONE);
    store(disk, "/repos/o/r", "application/json", "json body");
    store(disk, "/repos/o/r", "text/html", "html body");
    store(disk, "/repos/o/rest", "", "another body");
  }

  private static void store(DiskTier disk, String path, String accept, String text) {
    Fields fields = accept.isEmpty() ? Fields.of() : Fields.of("Accept", accept);
    byte[] body = text.getBytes(UTF_8);
    Instant at = Instant.now().minus(3, ChronoUnit.MINUTES);
    disk.store(
        new Entry(
            RequestKey.of("api.github.com", path, fields),
            Fields.of("Content-Type", "application/json"),
            BodyDigest.of(body),
            body.length,
            TagKind.values()[0],
            false,
            new Vary(Set.of()),
            at,
            List.of(new Proof(new Principal(PRINCIPAL), new EntityTag(false, TAG), at))),
        body);
  }

  private CommandRun run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--cache-dir");
    all.add(folder.toString());
    return CommandRun.of(work, all.toArray(String[]::new));
  }

  @Test
  void listShowsEntriesWithoutPrincipalsOrTags() {
    CommandRun list = run("cache", "list");
    assertThat(list.exitCode()).isZero();
    assertThat(list.out())
        .containsPattern("(?m)^api.github.com/repos/o/r +text/html +- +9 B +\\S+ +3m \\d+s +1$")
        .endsWith("3 entries, 30 B\n")
        .doesNotContain(PRINCIPAL.substring(0, 8))
        .doesNotContain(TAG.substring(0, 8));
  }

  @Test
  void listOfAPathLeavesOutItsNamesakes() {
    JsonNode list =
        JsonMapper.shared().readTree(run("cache", "list", "--path", "/repos/o/r", "--json").out());
    assertThat(list.size()).isEqualTo(2);
    assertThat(list.get(0).get("accept").asString()).isEqualTo("application/json");
    assertThat(list.get(0).get("bytes").asInt()).isEqualTo(9);
    assertThat(list.get(0).get("proofs").asInt()).isOne();
  }

  @Test
  void listOfAnotherHostIsEmpty() {
    assertThat(run("cache", "list", "--host", "github.com").out()).endsWith("0 entries, 0 B\n");
  }

  @Test
  void getPrintsTheBodyAndFromWhenItIs() {
    CommandRun get =
        run("cache", "get", "https://api.github.com/repos/o/r", "--accept", "text/html");
    assertThat(get.exitCode()).isZero();
    assertThat(get.out()).isEqualTo("html body");
    assertThat(get.err()).startsWith("cachemesh: stored ").contains("current 3m ");
  }

  @Test
  void getTakesAPathOfTheApiAndWritesAFile() throws IOException {
    Path file = work.resolve("body");
    CommandRun get = run("cache", "get", "/repos/o/rest", "--output", file.toString());
    assertThat(get.out()).isEmpty();
    assertThat(Files.readString(file)).isEqualTo("another body");
  }

  @Test
  void absentEntryIsAFailure() {
    CommandRun get = run("cache", "get", "/repos/o/none");
    assertThat(get.exitCode()).isEqualTo(1);
    assertThat(get.err()).contains("nothing is stored of api.github.com/repos/o/none in " + folder);
  }

  @Test
  void damagedEntryIsAbsent() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(name -> name.toString().endsWith(".entry")).toList()) {
        Files.write(file, new byte[] {1}, StandardOpenOption.APPEND);
      }
    }
    assertThat(run("cache", "get", "/repos/o/rest").exitCode()).isEqualTo(1);
  }

  @Test
  void invalidateDropsThePathAndThoseAboveIt() {
    assertThat(run("cache", "invalidate", "/repos/o/r/issues?state=all").out())
        .isEqualTo("invalidated api.github.com/repos/o/r/issues on disk\n");
    assertThat(run("cache", "list").out()).contains("/repos/o/rest").endsWith("1 entries, 12 B\n");
  }

  @Test
  void clearNeedsYes() {
    CommandRun clear = run("cache", "clear");
    assertThat(clear.exitCode()).isEqualTo(2);
    assertThat(clear.err()).contains("--yes");
    assertThat(run("cache", "list").out()).endsWith("3 entries, 30 B\n");

    assertThat(run("cache", "clear", "--yes").exitCode()).isZero();
    assertThat(run("cache", "list").out()).endsWith("0 entries, 0 B\n");
  }

  @Test
  void urlThatIsNoneIsWrongUse() {
    CommandRun get = run("cache", "get", "repos/o/r");
    assertThat(get.exitCode()).isEqualTo(2);
    assertThat(get.err()).startsWith("cachemesh: repos/o/r is neither a URL ");
  }

  @Test
  void importAndExportReportCountsAndRefusedFiles() throws IOException {
    Path original = Files.createDirectory(work.resolve("original"));
    String whole =
        "{\"cache_key\":\"list_repos:owner=x\",\"data\":[],\"timestamp\":4e9,\"ttl\":600}";
    Files.writeString(original.resolve("whole.json"), whole);
    Files.writeString(original.resolve("damaged.json"), "{");
    Files.writeString(
        original.resolve("mismatched.json"),
        "{\"cache_key\":\"k\",\"data\":[],\"timestamp\":4e9,\"ttl\":600,"
            + "\"content_hash\":\"bafk\",\"validation_fields\":{}}");

    CommandRun in = run("cache", "import", original.toString());
    assertThat(in.exitCode()).isEqualTo(1);
    assertThat(in.out())
        .containsPattern("(?m)^imported, .* 1$")
        .containsPattern("(?m)^refused: content_hash .* 1$")
        .containsPattern("(?m)^refused: damaged.* 1$");
    assertThat(in.err())
        .contains("refused damaged.json: ")
        .contains("refused mismatched.json: its content_hash");

    Path target = work.resolve("target");
    CommandRun out = run("cache", "export", target.toString());
    assertThat(out.exitCode()).isZero();
    assertThat(Files.readString(target.resolve("list_repos_owner=x.json"))).isEqualTo(whole);
  }

  @Test
  void importFromNoFolderIsWrongUse() {
    CommandRun in = run("cache", "import", work.resolve("none").toString());
    assertThat(in.exitCode()).isEqualTo(2);
    assertThat(in.err()).contains("is no folder");
  }
}
