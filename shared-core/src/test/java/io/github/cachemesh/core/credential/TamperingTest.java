package io.github.cachemesh.core.credential;

import static io.github.cachemesh.core.credential.TestStore.GLOBAL;
import static io.github.cachemesh.core.credential.TestStore.WIDGETS;
import static io.github.cachemesh.core.credential.TestStore.id;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.cachemesh.core.credential.StoreRefusedException.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A file that was changed by somebody who cannot sign, and boxes that were moved by one who can.
 */
class TamperingTest {
  @TempDir Path folder;
  private TestStore test;

  @BeforeEach
  void create() throws IOException {
    test = new TestStore(folder.resolve("one"));
    test.set("A", GLOBAL, "value of A");
    test.set("A", GLOBAL, "later value of A");
    test.set("B", GLOBAL, "value of B");
    test.set("A", WIDGETS, "value of A of widgets");
    test.set("C", GLOBAL, "deleted");
    test.change(editor -> editor.delete(id("C", GLOBAL)));
    test.holder("ci", WIDGETS).close();
  }

  @Test
  void flippedBitOfAnyByteIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(test.file);
    for (int i = 0; i < whole.length; i++) {
      byte[] changed = whole.clone();
      changed[i] ^= (byte) (1 << i % Byte.SIZE);
      assertRefused(changed, "bit %d of byte %d".formatted(i % Byte.SIZE, i));
    }
  }

  @Test
  void fileThatIsCutAnywhereIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(test.file);
    for (int length = 0; length < whole.length; length++) {
      assertRefused(Arrays.copyOf(whole, length), "cut to " + length);
    }
  }

  private static void assertRefused(byte[] file, String how) {
    assertThatExceptionOfType(StoreRefusedException.class)
        .as(how)
        .isThrownBy(() -> ManifestText.read(file))
        .withNoCause();
  }

  @Test
  void damagedFileIsNamedAndLeftUntouched() throws IOException {
    Files.writeString(
        test.file, Files.readString(test.file).replace("\"name\":\"B\"", "\"name\":\"BB\""));

    test.refuses(Fault.NOT_AUTHENTIC, test::open);
    test.refuses(Fault.NOT_AUTHENTIC, () -> test.set("A", GLOBAL, "x"));
    assertThatExceptionOfType(StoreRefusedException.class)
        .isThrownBy(test::open)
        .withMessageContaining(test.file.toString());
  }

  @Test
  void emptyFileIsNoEmptyStore() throws IOException {
    Files.write(test.file, new byte[0]);

    test.refuses(Fault.CORRUPT, () -> test.set("A", GLOBAL, "x"));
  }

  @Test
  void appendedBytesAreRefused() throws IOException {
    byte[] whole = Files.readAllBytes(test.file);
    assertRefused(Arrays.copyOf(whole, whole.length + 1), "a zero appended");
    byte[] line = Arrays.copyOf(whole, whole.length + 1);
    line[whole.length] = '\n';
    assertRefused(line, "a line's end appended");
  }

  @Test
  void laterFormatIsNotGuessed() throws IOException {
    Files.writeString(
        test.file, Files.readString(test.file).replace("credentials/1", "credentials/2"));

    test.refuses(Fault.UNKNOWN_FORMAT, test::open);
  }

  @Test
  void overlongFileIsNotRead() throws IOException {
    Files.write(test.file, new byte[StoreFormat.MAX_FILE_BYTES + 1]);

    test.refuses(Fault.OUT_OF_BOUNDS, test::open);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "{\"format\":1}",
        "{\"format\":\"cachemesh-credentials/1\"}",
        "{\"format\":\"cachemesh-credentials/1\",\"keep\":1e99999,\"asserted\":false}",
        "{\"format\":\"cachemesh-credentials/1\",\"keep\":99,\"asserted\":false}",
        "\ufeff{}"
      })
  void hostileTextIsRefused(String text) {
    assertRefused(text.getBytes(UTF_8), text);
  }

  @Test
  void deepTextIsRefused() {
    assertRefused("[".repeat(1 << 20).getBytes(UTF_8), "a million brackets");
    assertRefused("{\"a\":".repeat(1 << 18).getBytes(UTF_8), "many objects");
  }

  @Test
  void momentThatIsNoneIsRefused() throws IOException {
    String whole = Files.readString(test.file);
    for (String moment : List.of("+1000000000-12-31T23:59:59Z", "2026-11-01T12:00:00.5Z", "")) {
      assertRefused(whole.replace("2026-11-01T12:00:00Z", moment).getBytes(UTF_8), moment);
    }
  }

  @Test
  void unknownScopeInAFileIsRefused() throws IOException {
    Files.writeString(
        test.file,
        Files.readString(test.file).replace("\"scope\":\"global\"", "\"scope\":\"team\""));

    test.refuses(Fault.CORRUPT, test::open);
  }

  @Test
  void valueThatWasMovedToAnotherRecordDoesNotOpen() throws IOException {
    exchange(id("A", GLOBAL), id("B", GLOBAL), TamperingTest::withValueOf);

    assertDoesNotOpen(id("A", GLOBAL));
    assertDoesNotOpen(id("B", GLOBAL));
  }

  @Test
  void wrapThatWasMovedToAnotherRecordDoesNotOpen() throws IOException {
    exchange(id("A", GLOBAL), id("B", GLOBAL), TamperingTest::withDataKeyOf);

    assertDoesNotOpen(id("A", GLOBAL));
    assertDoesNotOpen(id("B", GLOBAL));
  }

  @Test
  void wrapAndValueThatWereMovedTogetherDoNotOpen() throws IOException {
    exchange(
        id("A", GLOBAL),
        id("B", GLOBAL),
        (own, other) -> withValueOf(withDataKeyOf(own, other), other));

    assertDoesNotOpen(id("A", GLOBAL));
  }

  @Test
  void recordThatWasMovedToAnotherScopeDoesNotOpen() throws IOException {
    exchange(
        id("A", GLOBAL),
        id("A", WIDGETS),
        (own, other) -> withValueOf(withDataKeyOf(own, other), other));

    assertDoesNotOpen(id("A", GLOBAL));
    assertDoesNotOpen(id("A", WIDGETS));
  }

  @Test
  void olderVersionThatWasPutInPlaceOfTheNewestDoesNotOpen() throws IOException {
    replaceNewest(
        id("A", GLOBAL), (newest, older) -> withValueOf(withDataKeyOf(newest, older), older));

    assertDoesNotOpen(id("A", GLOBAL));
  }

  @Test
  void longerLifeThanItWasSealedWithDoesNotOpen() throws IOException {
    replaceNewest(
        id("A", GLOBAL),
        (newest, _) ->
            new StoredRecord.Version(
                newest.number(),
                newest.created(),
                Expiry.after(test.now, Duration.ofDays(1)),
                newest.dataKey(),
                newest.value()));

    assertDoesNotOpen(id("A", GLOBAL));
  }

  @Test
  void recordOfAnotherStoreDoesNotOpen() throws IOException {
    TestStore other = new TestStore(folder.resolve("other"));
    other.set("A", GLOBAL, "of another store");
    StoredRecord foreign = other.manifest().records().get(id("A", GLOBAL));

    test.forge(manifest -> with(manifest, id("A", GLOBAL), foreign));

    assertDoesNotOpen(id("A", GLOBAL));
  }

  @Test
  void scopeKeyOfAnotherScopeDoesNotOpen() throws IOException {
    test.forge(
        manifest -> {
          SortedMap<Scope, ScopeKey> scopes = new TreeMap<>(manifest.scopes());
          ScopeKey global = manifest.scopes().get(GLOBAL);
          ScopeKey widgets = manifest.scopes().get(WIDGETS);
          scopes.put(GLOBAL, new ScopeKey(widgets.key(), widgets.wrapped()));
          scopes.put(WIDGETS, new ScopeKey(global.key(), global.wrapped()));
          return new Manifest(
              manifest.store(),
              manifest.generation(),
              manifest.policy(),
              manifest.writer(),
              manifest.signingKey(),
              manifest.storeKey(),
              manifest.slots(),
              scopes,
              manifest.records());
        });

    test.refuses(Fault.NOT_AUTHENTIC, test::open);
  }

  private static StoredRecord.Version withValueOf(
      StoredRecord.Version own, StoredRecord.Version other) {
    return new StoredRecord.Version(
        own.number(), own.created(), own.expires(), own.dataKey(), other.value());
  }

  private static StoredRecord.Version withDataKeyOf(
      StoredRecord.Version own, StoredRecord.Version other) {
    return new StoredRecord.Version(
        own.number(), own.created(), own.expires(), other.dataKey(), own.value());
  }

  private void exchange(
      CredentialId one,
      CredentialId two,
      BiFunction<StoredRecord.Version, StoredRecord.Version, StoredRecord.Version> mixing)
      throws IOException {
    StoredRecord.Version ofOne = newest(one);
    StoredRecord.Version ofTwo = newest(two);
    replaceNewest(one, (own, _) -> mixing.apply(own, ofTwo));
    replaceNewest(two, (own, _) -> mixing.apply(own, ofOne));
  }

  private StoredRecord.Version newest(CredentialId id) throws IOException {
    return RecordTable.live(test.manifest().records(), id).newest();
  }

  /**
   * @param mixing the newest version and the oldest
   */
  private void replaceNewest(
      CredentialId id,
      BiFunction<StoredRecord.Version, StoredRecord.Version, StoredRecord.Version> mixing)
      throws IOException {
    StoredRecord.Live live = RecordTable.live(test.manifest().records(), id);
    NavigableMap<Integer, StoredRecord.Version> versions = new TreeMap<>(live.versions());
    StoredRecord.Version oldest = versions.firstEntry().getValue();
    versions.put(versions.lastKey(), mixing.apply(live.newest(), oldest));
    test.forge(manifest -> with(manifest, id, new StoredRecord.Live(versions)));
  }

  private static Manifest with(Manifest manifest, CredentialId id, StoredRecord record) {
    SortedMap<CredentialId, StoredRecord> records = new TreeMap<>(manifest.records());
    records.put(id, record);
    return new Manifest(
        manifest.store(),
        manifest.generation(),
        manifest.policy(),
        manifest.writer(),
        manifest.signingKey(),
        manifest.storeKey(),
        manifest.slots(),
        manifest.scopes(),
        records);
  }

  private void assertDoesNotOpen(CredentialId id) throws IOException {
    try (OpenedStore opened = test.open()) {
      assertThat(TestStore.refusal(() -> opened.value(id))).isEqualTo(Fault.NOT_AUTHENTIC);
    }
  }
}
