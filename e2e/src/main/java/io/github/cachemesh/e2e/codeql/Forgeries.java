package io.github.cachemesh.e2e.codeql;

import io.github.cachemesh.core.codeql.ScanStore;
import io.github.cachemesh.core.codeql.StoreEntry;
import io.github.cachemesh.core.codeql.StoreKey;
import io.github.cachemesh.core.codeql.StoredScan;
import io.github.cachemesh.e2e.codeql.Change.Edit;
import io.github.cachemesh.e2e.codeql.Change.Undo;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What somebody who has the store's key, such as another job of the repository, could make of what
 * is stored: files that are whole, with all hashes right.
 */
final class Forgeries {
  /** That of the input's default. */
  private static final Duration TIME_TO_LIVE = Duration.ofDays(1);

  private static final JsonMapper JSON = JsonMapper.shared();

  private final Path folder;
  private final ScanStore store;

  Forgeries(Path folder, long repositoryId) {
    this.folder = folder;
    this.store =
        new ScanStore(
            folder,
            repositoryId,
            StoreKey.of(ScanJobs.STORE_KEY),
            Clock.systemUTC(),
            new SecureRandom());
  }

  List<Change> all() {
    return List.of(
        new Change("older than cache-ttl", "expired", this::aged),
        new Change(
            "one result removed, hashes right",
            "authority-mismatch",
            forged(results -> results.remove(0), true)),
        new Change(
            "all results removed, hashes right",
            "authority-mismatch",
            forged(ArrayNode::removeAll, true)),
        new Change(
            "a result in place of another, count right",
            "authority-mismatch",
            forged(results -> results.set(0, results.get(1).deepCopy()), true)),
        new Change(
            "a result's fingerprint altered",
            "fingerprint-mismatch",
            forged(
                results ->
                    ((ObjectNode) results.get(0).path("partialFingerprints"))
                        .put("primaryLocationLineHash", "0123456789abcdef:1"),
                true)),
        new Change(
            "SARIF altered, hash not",
            "corrupt-entry",
            forged(results -> results.remove(0), false)),
        new Change("one byte of each stored file", "corrupt-entry", this::corrupted),
        new Change("result of this tree made up", "authority-absent", this::madeUp));
  }

  /**
   * @param rehash whether hash and counts are those of the forged SARIF
   */
  private Edit forged(Consumer<ArrayNode> edit, boolean rehash) {
    return scene ->
        altered(
            () -> {
              for (StoredScan scan : scans()) {
                byte[] sarif = edited(unzipped(store.sarif(scan)), edit);
                StoredScan forged =
                    rehash ? with(scan, sarif, count(sarif), scan.storedAt()) : scan;
                store.put(forged, zipped(sarif));
              }
            });
  }

  /**
   * A change that brings an alert, and beside it the stored claim that it was scanned as before.
   */
  private Undo madeUp(Scene scene) throws Exception {
    Commit before = scene.commit();
    StoredScan known = scans().getFirst();
    byte[] sarif = store.sarif(known);
    Undo uncommit = TreeChanges.committed(TreeChanges.added("src/more.js")).apply(scene);
    var _ = scene.run();
    StoredScan honest =
        scans().stream()
            .filter(scan -> scan.origin().commit().equals(scene.commit().sha()))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("the scan was not stored"));
    // GitHub forgets it, as if that scan had never been.
    scene.hub().forgetAnalysesOf(scene.commit().sha());
    Undo restore =
        altered(
            () ->
                store.put(
                    with(honest, unzipped(sarif), known.resultsCount(), honest.storedAt()), sarif));
    return () -> {
      restore.run();
      uncommit.run();
      assertSame(before, scene.commit());
    };
  }

  private static void assertSame(Commit expected, Commit actual) {
    if (!expected.equals(actual)) {
      throw new IllegalStateException("the checkout is at " + actual + ", not at " + expected);
    }
  }

  private Undo aged(Scene scene) throws Exception {
    return altered(
        () -> {
          for (StoredScan scan : scans()) {
            byte[] sarif = store.sarif(scan);
            Instant before = scan.storedAt().minus(TIME_TO_LIVE).minusSeconds(1);
            store.put(with(scan, unzipped(sarif), scan.resultsCount(), before), sarif);
          }
        });
  }

  private Undo corrupted(Scene scene) throws Exception {
    return altered(
        () -> {
          for (Path file : files()) {
            byte[] bytes = Files.readAllBytes(file);
            bytes[bytes.length / 2] ^= 1;
            Files.write(file, bytes);
          }
        });
  }

  /** Work on the store. */
  @FunctionalInterface
  private interface Work {
    void run() throws Exception;
  }

  /** Does it; what undoes it brings the files back as they were. */
  private Undo altered(Work work) throws Exception {
    Map<Path, byte[]> before = new LinkedHashMap<>();
    for (Path file : files()) {
      before.put(file, Files.readAllBytes(file));
    }
    work.run();
    return () -> {
      for (Path file : files()) {
        Files.delete(file);
      }
      for (Map.Entry<Path, byte[]> entry : before.entrySet()) {
        Files.write(entry.getKey(), entry.getValue());
      }
    };
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private List<StoredScan> scans() throws IOException {
    return store.list().stream()
        .filter(StoreEntry.Readable.class::isInstance)
        .map(entry -> ((StoreEntry.Readable) entry).scan())
        .toList();
  }

  private static byte[] edited(byte[] sarif, Consumer<ArrayNode> edit) {
    JsonNode root = JSON.readTree(sarif);
    edit.accept((ArrayNode) root.path("runs").path(0).path("results"));
    return JSON.writeValueAsBytes(root);
  }

  private static int count(byte[] sarif) {
    return JSON.readTree(sarif).path("runs").path(0).path("results").size();
  }

  private static StoredScan with(StoredScan scan, byte[] sarif, int count, Instant storedAt) {
    return new StoredScan(
        scan.key(),
        scan.projectedKey(),
        scan.origin(),
        scan.category(),
        scan.toolVersion(),
        sha256(sarif),
        count,
        scan.bySeverity(),
        scan.duration(),
        storedAt,
        scan.partial(),
        scan.extraction());
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static byte[] unzipped(byte[] gzip) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
      return in.readAllBytes();
    }
  }

  private static byte[] zipped(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }
}
