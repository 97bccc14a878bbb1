package io.github.cachemesh.core.codeql;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScanStoreTest {
  static final StoreKey KEY = StoreKey.of("k".repeat(32));
  private static final byte[] SARIF =
      "{\"ruleId\":\"js/xss\",\"uri\":\"src/page.js\"}".getBytes(UTF_8);

  @TempDir private Path temp;
  private Path folder;
  private Instant now = Samples.NOW;
  private ScanStore store;

  @BeforeEach
  void open() {
    folder = temp.resolve("scans");
    store = store(KEY, Samples.REPOSITORY);
  }

  private ScanStore store(StoreKey key, long repository) {
    return new ScanStore(folder, repository, key, () -> now, new SecureRandom());
  }

  private StoreLookup find() throws IOException {
    return find(Samples.cacheable(), Optional.empty());
  }

  private StoreLookup find(Cacheability.Cacheable scan, Optional<Partial> pull) throws IOException {
    return store.find(scan, pull);
  }

  private Path onlyFile() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> all = files.toList();
      assertThat(all).hasSize(1);
      return all.getFirst();
    }
  }

  private static StoredScan stored(Component component, Object value) {
    return Samples.stored(
        Samples.key().with(component, value), Samples.origin(), Samples.NOW, Optional.empty());
  }

  @Test
  void storedScanIsFoundAsItWas() throws IOException {
    store.put(Samples.stored(), SARIF);
    assertThat(find()).isEqualTo(new StoreLookup.Found(Samples.stored(), false));
    assertThat(store.sarif(Samples.stored())).isEqualTo(SARIF);
  }

  @Test
  void nothingIsFoundWhereThereIsNoFolder() throws IOException {
    assertThat(find()).isEqualTo(new StoreLookup.Absent(Optional.empty()));
    assertThat(store.list()).isEmpty();
    assertThat(folder).doesNotExist();
    assertThatThrownBy(() -> store.sarif(Samples.stored())).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void scanIsReplacedByALaterOne() throws IOException {
    store.put(Samples.stored(), SARIF);
    store.put(Samples.stored(), new byte[] {1});
    assertThat(store.list()).hasSize(1);
    assertThat(store.sarif(Samples.stored())).containsExactly(1);
  }

  @Test
  void filesAndFolderAreTheOwnersAlone() throws IOException {
    store.put(Samples.stored(), SARIF);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(onlyFile())))
        .isEqualTo("rw-------");
  }

  @Test
  void fileTellsNothing() throws IOException {
    store.put(Samples.stored(), SARIF);
    String file = Files.readString(onlyFile(), ISO_8859_1) + onlyFile().getFileName();
    assertThat(file)
        .doesNotContain("js/xss", "src/page.js", "javascript", "codeql.yml", "refs/heads")
        .doesNotContain(Samples.COMMIT, Samples.key().hex(), "4711", "error");
  }

  @Test
  void sameScanIsNeverSealedAlike() throws IOException {
    store.put(Samples.stored(), SARIF);
    byte[] first = Files.readAllBytes(onlyFile());
    store.put(Samples.stored(), SARIF);
    assertThat(Files.readAllBytes(onlyFile())).isNotEqualTo(first);
  }

  @Test
  void everyFlippedBitIsFound() throws IOException {
    store.put(Samples.stored(), SARIF);
    Path file = onlyFile();
    byte[] whole = Files.readAllBytes(file);
    int headEnd =
        SealedFile.headEnd(Arrays.copyOf(whole, SealedFile.PREAMBLE_BYTES), whole.length)
            .orElseThrow();
    Random bits = new Random(5);
    for (int i = 0; i < whole.length; i++) {
      byte[] bad = whole.clone();
      bad[i] ^= (byte) (1 << bits.nextInt(8));
      Files.write(file, bad);
      if (i < headEnd) {
        assertThat(find()).as("byte %d", i).isInstanceOf(StoreLookup.Corrupt.class);
      } else {
        assertThatThrownBy(() -> store.sarif(Samples.stored()))
            .as("byte %d", i)
            .isInstanceOf(CorruptEntryException.class)
            .hasMessageContaining("corrupt-entry")
            .hasMessageContaining(file.getFileName().toString());
      }
    }
  }

  @Test
  void fileCutAnywhereIsCorrupt() throws IOException {
    store.put(Samples.stored(), SARIF);
    Path file = onlyFile();
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length += 7) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThat(find()).as("%d bytes", length).isInstanceOf(StoreLookup.Corrupt.class);
    }
    Files.write(file, Arrays.copyOf(whole, whole.length + 1));
    assertThat(find()).isInstanceOf(StoreLookup.Corrupt.class);
  }

  @Test
  void fileOfAnotherKeyIsNotFoundAndIsNamedAsCorrupt() throws IOException {
    store.put(Samples.stored(), SARIF);
    store = store(StoreKey.of("x".repeat(32)), Samples.REPOSITORY);
    assertThat(find()).isEqualTo(new StoreLookup.Absent(Optional.empty()));
    assertThat(store.list())
        .singleElement()
        .isInstanceOfSatisfying(
            StoreEntry.Corrupt.class,
            corrupt -> assertThat(corrupt.detail()).contains("of another key"));
  }

  @Test
  void fileRolledInFromAnotherKeyIsCorrupt() throws IOException {
    store(StoreKey.of("x".repeat(32)), Samples.REPOSITORY).put(Samples.stored(), SARIF);
    Path foreign = onlyFile();
    store.put(Samples.stored(), SARIF);
    Path own =
        folder.resolve(
            store.list().stream()
                .filter(StoreEntry.Readable.class::isInstance)
                .findFirst()
                .orElseThrow()
                .file());
    Files.move(foreign, own, StandardCopyOption.REPLACE_EXISTING);
    assertThat(find()).isInstanceOf(StoreLookup.Corrupt.class);
  }

  @Test
  void fileOfAnotherRepositoryIsCorruptUnderAnyName() throws IOException {
    store.put(Samples.stored(), SARIF);
    Path file = onlyFile();
    byte[] foreign = Files.readAllBytes(file);
    store = store(KEY, 99);
    assertThat(store.list()).singleElement().isInstanceOf(StoreEntry.Corrupt.class);
    Cacheability.Cacheable scan =
        Samples.cacheable(Samples.settings(), Samples.site(Component.REPOSITORY, 99));
    Origin origin = Samples.origin();
    StoredScan ours =
        Samples.stored(
            scan.key(),
            new Origin(
                99,
                origin.commit(),
                origin.tree(),
                origin.ref(),
                origin.event(),
                origin.runId(),
                origin.runAttempt(),
                origin.analysisKey(),
                origin.environment(),
                origin.pullRequest()),
            now,
            Optional.empty());
    Files.delete(file);
    store.put(ours, SARIF);
    Files.write(onlyFile(), foreign);
    assertThat(find(scan, Optional.empty())).isInstanceOf(StoreLookup.Corrupt.class);
  }

  @Test
  void scanOfAnotherRepositoryIsNotTaken() {
    store = store(KEY, 99);
    assertThatThrownBy(() -> store.put(Samples.stored(), SARIF))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void swappedFilesAreCorrupt() throws IOException {
    store.put(Samples.stored(), SARIF);
    Path first = onlyFile();
    store.put(stored(Component.TREE, "0".repeat(64)), SARIF);
    Path second = Files.list(folder).filter(file -> !file.equals(first)).findFirst().orElseThrow();
    byte[] kept = Files.readAllBytes(first);
    Files.copy(second, first, StandardCopyOption.REPLACE_EXISTING);
    Files.write(second, kept);
    assertThat(find()).isInstanceOf(StoreLookup.Corrupt.class);
    assertThat(store.list()).allMatch(StoreEntry.Corrupt.class::isInstance);
  }

  @Test
  void bodyOfAnotherFileIsCorrupt() throws IOException {
    store.put(Samples.stored(), SARIF);
    Path first = onlyFile();
    byte[] whole = Files.readAllBytes(first);
    Files.delete(first);
    store.put(stored(Component.TREE, "0".repeat(64)), SARIF);
    byte[] other = Files.readAllBytes(onlyFile());
    assertThat(other).hasSameSizeAs(whole);
    int tail = SARIF.length + SealedFile.OVERHEAD_BYTES;
    System.arraycopy(other, other.length - tail, whole, whole.length - tail, tail);
    Files.write(first, whole);
    assertThat(find()).isInstanceOf(StoreLookup.Found.class);
    assertThatThrownBy(() -> store.sarif(Samples.stored()))
        .isInstanceOf(CorruptEntryException.class);
  }

  @Test
  void linksAndStrangersAreLeftAlone() throws IOException {
    store.put(Samples.stored(), SARIF);
    Path file = onlyFile();
    Path elsewhere = temp.resolve("elsewhere");
    Files.move(file, elsewhere);
    Files.createSymbolicLink(file, elsewhere);
    Files.writeString(folder.resolve("README"), "not ours");
    assertThat(find()).isEqualTo(new StoreLookup.Absent(Optional.empty()));
    assertThat(store.prune(Duration.ZERO)).isZero();
    assertThat(folder.resolve("README")).exists();
  }

  @Test
  void partialResultsDoNotReplaceFullOnes() throws IOException {
    store.put(Samples.stored(), SARIF);
    Optional<Partial> pull = Optional.of(Samples.PARTIAL);
    StoredScan partial = Samples.stored(Samples.key(), Samples.origin(), now, pull);
    store.put(partial, SARIF);
    assertThat(store.list()).hasSize(2);
    assertThat(find(Samples.cacheable(), pull))
        .isEqualTo(new StoreLookup.Found(Samples.stored(), false));
  }

  @Test
  void partialResultsAreFoundForTheirPullRequest() throws IOException {
    Optional<Partial> pull = Optional.of(Samples.PARTIAL);
    Optional<Partial> other = Optional.of(new Partial(8, Samples.TREE, "b".repeat(40)));
    StoredScan partial = Samples.stored(Samples.key(), Samples.origin(), now, pull);
    StoredScan others = Samples.stored(Samples.key(), Samples.origin(), now, other);
    store.put(partial, SARIF);
    store.put(others, SARIF);
    assertThat(find(Samples.cacheable(), pull)).isEqualTo(new StoreLookup.Found(partial, false));
    assertThat(find(Samples.cacheable(), other)).isEqualTo(new StoreLookup.Found(others, false));
  }

  @Test
  void partialResultsOfOthersAreFoundAsWhatTheyAre() throws IOException {
    Optional<Partial> pull = Optional.of(Samples.PARTIAL);
    StoredScan partial = Samples.stored(Samples.key(), Samples.origin(), now, pull);
    store.put(partial, SARIF);
    assertThat(find()).isEqualTo(new StoreLookup.Found(partial, false));
  }

  @Test
  void scanIsFoundByItsProjection() throws IOException {
    Cacheability.Cacheable scan =
        Samples.cacheable(Samples.settings("ignore-changes", "*.md"), Samples.site());
    StoredScan s = stored(Component.TREE, "0".repeat(64));
    StoredScan projected =
        new StoredScan(
            s.key(),
            scan.projected().map(ScanKey::hex),
            s.origin(),
            s.category(),
            s.toolVersion(),
            s.sarifSha256(),
            s.resultsCount(),
            s.bySeverity(),
            s.duration(),
            s.storedAt(),
            s.partial(),
            s.extraction());
    store.put(projected, SARIF);
    assertThat(find(scan, Optional.empty())).isEqualTo(new StoreLookup.Found(projected, true));
    assertThat(find()).isEqualTo(new StoreLookup.Absent(Optional.of(projected.key())));
  }

  @Test
  void nearestIsThatWithTheFewestDifferences() throws IOException {
    StoredScan near = stored(Component.QUERIES, "security-and-quality");
    store.put(near, SARIF);
    store.put(
        Samples.stored(
            near.key().with(Component.BUILD_MODE, ""), Samples.origin(), now, Optional.empty()),
        SARIF);
    assertThat(find()).isEqualTo(new StoreLookup.Absent(Optional.of(near.key())));
  }

  @Test
  void oldestGoBeyondTheBoundOnEntries() throws IOException {
    for (int i = 0; i <= ScanStore.MAX_ENTRIES; i++) {
      now = Samples.NOW.plusSeconds(i);
      store.put(stored(Component.TREE, "tree " + i), SARIF);
    }
    assertThat(store.list()).hasSize(ScanStore.MAX_ENTRIES);
    assertThat(keys()).doesNotContain(Samples.key().with(Component.TREE, "tree 0"));
    assertThat(keys()).contains(Samples.key().with(Component.TREE, "tree 64"));
  }

  private List<ScanKey> keys() throws IOException {
    List<ScanKey> keys = new ArrayList<>();
    for (StoreEntry entry : store.list()) {
      if (entry instanceof StoreEntry.Readable readable) {
        keys.add(readable.scan().key());
      }
    }
    return keys;
  }

  @Test
  void oldestGoBeyondTheBoundOnBytes() throws IOException {
    Path old = folder.resolve("0".repeat(64) + ".scan");
    store.put(Samples.stored(), SARIF);
    try (FileChannel channel =
        FileChannel.open(old, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[1]), ScanStore.MAX_BYTES);
    }
    Files.setLastModifiedTime(old, FileTime.from(now.minusSeconds(1)));
    store.put(stored(Component.TREE, "0"), SARIF);
    assertThat(old).doesNotExist();
    assertThat(keys()).hasSize(2);
  }

  @Test
  void scanBeyondTheUploadsLimitIsNotTaken() {
    assertThatThrownBy(() -> store.put(Samples.stored(), new byte[(10 << 20) + 1]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(folder).doesNotExist();
  }

  @Test
  void pruneRemovesWhatIsOldOrCorruptOrLeftOver() throws IOException {
    store.put(Samples.stored(), SARIF);
    StoredScan fresh = stored(Component.TREE, "0");
    store.put(fresh, SARIF);
    Files.writeString(folder.resolve("1".repeat(64) + ".scan"), "junk");
    Path left = Files.writeString(folder.resolve(".tmp-x"), "half");
    Files.setLastModifiedTime(left, FileTime.from(now.minus(Duration.ofHours(2))));
    assertThat(store.prune(Duration.ofMinutes(30))).isEqualTo(2);
    assertThat(keys()).containsExactly(fresh.key());
    assertThat(left).doesNotExist();
  }

  @Test
  void revokedScanIsGoneWithItsPartialOnes() throws IOException {
    store.put(Samples.stored(), SARIF);
    store.put(
        Samples.stored(Samples.key(), Samples.origin(), now, Optional.of(Samples.PARTIAL)), SARIF);
    StoredScan other = stored(Component.TREE, "0");
    store.put(other, SARIF);
    assertThat(store.revoke(Samples.key())).isEqualTo(2);
    assertThat(keys()).containsExactly(other.key());
  }

  @Test
  void revocationRemovesWhatCannotBeOpenedToo() throws IOException {
    store.put(Samples.stored(), SARIF);
    Files.writeString(onlyFile(), "junk");
    assertThat(store.revoke(Samples.key())).isOne();
    assertThat(find()).isEqualTo(new StoreLookup.Absent(Optional.empty()));
  }
}
