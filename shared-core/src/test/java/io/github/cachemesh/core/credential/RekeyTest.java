package io.github.cachemesh.core.credential;

import static io.github.cachemesh.core.credential.TestStore.GLOBAL;
import static io.github.cachemesh.core.credential.TestStore.WIDGETS;
import static io.github.cachemesh.core.credential.TestStore.id;
import static io.github.cachemesh.core.credential.TestStore.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.core.envelope.Sealed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RekeyTest {
  @TempDir Path folder;
  private TestStore test;
  private KeySource holder;

  @BeforeEach
  void create() throws IOException {
    test = new TestStore(folder);
    test.set("A", GLOBAL, "first of A");
    test.set("A", GLOBAL, "second of A");
    test.set("B", WIDGETS, "of B");
    holder = test.holder("ci", WIDGETS);
  }

  private List<Sealed> boxes(Function<StoredRecord.Version, Sealed> box) throws IOException {
    return test.manifest().records().values().stream()
        .flatMap(record -> ((StoredRecord.Live) record).versions().values().stream())
        .map(box)
        .toList();
  }

  private void assertAllOpen() throws IOException {
    try (OpenedStore opened = test.open();
        OpenedStore held = test.store.open(holder, Anchor.none())) {
      assertThat(text(opened.value(id("A", GLOBAL), 1))).isEqualTo("first of A");
      assertThat(text(opened.value(id("A", GLOBAL), 2))).isEqualTo("second of A");
      assertThat(text(held.value(id("B", WIDGETS)))).isEqualTo("of B");
    }
  }

  @Test
  void rekeyWrapsAnewAndLeavesTheValues() throws IOException {
    Manifest before = test.manifest();
    List<Sealed> values = boxes(StoredRecord.Version::value);
    List<Sealed> dataKeys = boxes(StoredRecord.Version::dataKey);

    test.change(
        editor -> {
          editor.rekey();
          return 0;
        });

    Manifest after = test.manifest();
    assertThat(boxes(StoredRecord.Version::value)).isEqualTo(values);
    assertThat(boxes(StoredRecord.Version::dataKey)).doesNotContainAnyElementsOf(dataKeys);
    assertThat(after.storeKey()).isNotEqualTo(before.storeKey());
    assertThat(after.scopes().values())
        .extracting(ScopeKey::key)
        .doesNotContainAnyElementsOf(before.scopes().values().stream().map(ScopeKey::key).toList());
    assertAllOpen();
  }

  @Test
  void rekeyOfDataEncryptsTheValuesAnew() throws IOException {
    List<Sealed> values = boxes(StoredRecord.Version::value);

    test.change(
        editor -> {
          editor.rekeyData();
          return 0;
        });

    assertThat(boxes(StoredRecord.Version::value)).doesNotContainAnyElementsOf(values);
    assertAllOpen();
  }

  @Test
  void rekeyedStoreCanBeChanged() throws IOException {
    test.change(
        editor -> {
          editor.rekey();
          editor.rekeyData();
          return 0;
        });
    test.set("C", GLOBAL, "later");

    try (OpenedStore opened = test.open()) {
      assertThat(text(opened.value(id("C", GLOBAL)))).isEqualTo("later");
    }
    assertAllOpen();
  }

  @Test
  void everyVersionHasADataKeyOfItsOwn() throws IOException {
    test.set("C", GLOBAL, "same");
    test.set("D", GLOBAL, "same");

    assertThat(boxes(StoredRecord.Version::value)).doesNotHaveDuplicates();
    assertThat(boxes(StoredRecord.Version::dataKey)).doesNotHaveDuplicates();
  }
}
