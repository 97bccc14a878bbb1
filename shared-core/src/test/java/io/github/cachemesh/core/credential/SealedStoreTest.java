package io.github.cachemesh.core.credential;

import static io.github.cachemesh.core.credential.TestStore.GLOBAL;
import static io.github.cachemesh.core.credential.TestStore.NEVER;
import static io.github.cachemesh.core.credential.TestStore.WIDGETS;
import static io.github.cachemesh.core.credential.TestStore.id;
import static io.github.cachemesh.core.credential.TestStore.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cachemesh.core.credential.StoreRefusedException.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealedStoreTest {
  private static final byte[] VALUE = "hunter2-and-more".getBytes(UTF_8);

  @TempDir Path folder;
  private TestStore test;

  @BeforeEach
  void create() throws IOException {
    test = new TestStore(folder);
  }

  @Test
  void whatIsSetIsReadByTheOwner() throws IOException {
    test.set("TOKEN", WIDGETS, "multi\nline π");

    try (OpenedStore opened = test.open()) {
      assertThat(text(opened.value(id("TOKEN", WIDGETS)))).isEqualTo("multi\nline π");
    }
  }

  @Test
  void sameNameHasAValueInEachScope() throws IOException {
    test.set("TOKEN", WIDGETS, "of widgets");
    test.set("TOKEN", GLOBAL, "of all");

    try (OpenedStore opened = test.open()) {
      assertThat(text(opened.value(id("TOKEN", WIDGETS)))).isEqualTo("of widgets");
      assertThat(text(opened.value(id("TOKEN", GLOBAL)))).isEqualTo("of all");
    }
  }

  @Test
  void fileHasNoValueAndIsTheOwnersAlone() throws IOException {
    test.set("TOKEN", GLOBAL, "hunter2-and-more");

    assertThat(Files.readString(test.file)).contains("TOKEN").doesNotContain("hunter2");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(test.file)))
        .isEqualTo("rw-------");
  }

  @Test
  void eachVersionIsALine() throws IOException {
    test.set("A", GLOBAL, "1");
    List<String> before = Files.readAllLines(test.file);
    test.set("B", GLOBAL, "2");

    List<String> after = Files.readAllLines(test.file);
    assertThat(after).hasSize(before.size() + 1);
    assertThat(after).containsAll(before.subList(1, before.size() - 2).stream().limit(4).toList());
  }

  @Test
  void existingStoreIsNotMadeAnew() throws IOException {
    test.refuses(Fault.EXISTS, () -> test.store.create("owner", test.owner, StorePolicy.DEFAULT));
  }

  @Test
  void missingStoreIsNamed() {
    SealedStore missing = new SealedStore(folder.resolve("none"), TestStore.RANDOM, () -> test.now);

    assertThatThrownBy(() -> missing.overview(Anchor.none()))
        .isInstanceOf(StoreRefusedException.class)
        .hasMessageContaining("none")
        .hasMessageContaining("credentials init");
  }

  @Test
  void everyWriteIsAGenerationAndNoChangeIsNone() throws IOException {
    test.set("A", GLOBAL, "1");
    test.change(StoreEditor::overview);

    assertThat(test.store.overview(Anchor.none()).generation()).isEqualTo(2);
  }

  @Test
  void changeThatFailsLeavesTheStoreAsItIs() throws IOException {
    byte[] before = Files.readAllBytes(test.file);

    assertThatThrownBy(
            () ->
                test.change(
                    editor -> {
                      editor.set(id("A", GLOBAL), VALUE, NEVER);
                      throw new IOException("on purpose");
                    }))
        .hasMessage("on purpose");
    assertThat(Files.readAllBytes(test.file)).isEqualTo(before);
  }

  @Test
  void policySaysHowManyVersionsAreKept() throws IOException {
    for (String value : List.of("1", "2", "3")) {
      test.set("A", GLOBAL, value);
    }

    try (OpenedStore opened = test.open()) {
      assertThat(opened.overview().entries().getFirst().versions())
          .extracting(Entry.Version::number)
          .containsExactly(3, 2);
      assertThat(text(opened.value(id("A", GLOBAL), 2))).isEqualTo("2");
      assertThat(TestStore.refusal(() -> opened.value(id("A", GLOBAL), 1)))
          .isEqualTo(Fault.MISSING);
    }
  }

  @Test
  void rotationResetsTheExpiry() throws IOException {
    Expiry first = Expiry.after(test.now, Duration.ofHours(24));
    test.change(editor -> editor.set(id("A", GLOBAL), VALUE, first));
    test.now = test.now.plus(Duration.ofHours(20));

    Entry rotated = test.change(editor -> editor.rotate(id("A", GLOBAL), VALUE));

    assertThat(rotated.versions().getFirst().expires())
        .isEqualTo(Expiry.after(test.now, Duration.ofHours(24)));
  }

  @Test
  void onlyWhatIsThereIsRotated() throws IOException {
    test.refuses(Fault.MISSING, () -> test.change(editor -> editor.rotate(id("A", GLOBAL), VALUE)));
  }

  @Test
  void deletionLeavesNoBoxesAndItsVersionsAreNotUsedAgain() throws IOException {
    test.set("A", GLOBAL, "1");
    test.set("A", GLOBAL, "2");

    int versions = test.change(editor -> editor.delete(id("A", GLOBAL)));

    assertThat(versions).isEqualTo(2);
    assertThat(Files.readString(test.file)).contains("\"deleted\"").doesNotContain("\"value\"");
    test.refuses(Fault.MISSING, () -> test.change(editor -> editor.delete(id("A", GLOBAL))));

    test.set("A", GLOBAL, "3");
    assertThat(test.store.overview(Anchor.none()).entries().getFirst().versions())
        .extracting(Entry.Version::number)
        .containsExactly(3);
  }

  @Test
  void emptyAndOverlongValuesAreRefused() throws IOException {
    for (byte[] value : List.of(new byte[0], new byte[Credential.MAX_VALUE_BYTES + 1])) {
      test.refuses(
          Fault.MALFORMED, () -> test.change(editor -> editor.set(id("A", GLOBAL), value, NEVER)));
    }
  }

  @Test
  void storeThatWouldPassItsBoundIsNotWritten() throws IOException {
    byte[] large = new byte[Credential.MAX_VALUE_BYTES];

    test.refuses(
        Fault.OUT_OF_BOUNDS,
        () ->
            test.change(
                editor -> {
                  for (int i = 0; i < 16; i++) {
                    editor.set(id("A" + i, GLOBAL), large, NEVER);
                  }
                  return 0;
                }));
  }

  @Test
  void overviewNeedsNoKey() throws IOException {
    test.set("A", GLOBAL, "1");

    Overview overview = test.store.overview(Anchor.none());

    assertThat(overview.store()).isEqualTo(test.id);
    assertThat(overview.writerProven()).isFalse();
    assertThat(overview.holders()).extracting(Holder::name).containsExactly("owner");
    assertThat(overview.entries()).extracting(Entry::id).containsExactly(id("A", GLOBAL));
  }

  @Test
  void openedStoreTellsWhetherTheFileWasReplaced() throws IOException {
    try (OpenedStore opened = test.open()) {
      assertThat(test.store.hasChangedSince(opened)).isFalse();
      test.set("A", GLOBAL, "1");
      assertThat(test.store.hasChangedSince(opened)).isTrue();
    }
  }

  @Test
  void linkToAStoreStaysOne() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), test.file);
    SealedStore linked = new SealedStore(link, TestStore.RANDOM, () -> test.now);

    linked.change(test.owner, Anchor.none(), editor -> editor.set(id("A", GLOBAL), VALUE, NEVER));

    assertThat(link).isSymbolicLink();
    assertThat(test.store.overview(Anchor.none()).entries()).hasSize(1);
  }

  @Test
  void closedCredentialHasNoValue() throws IOException {
    test.set("A", GLOBAL, "hunter2-and-more");
    try (OpenedStore opened = test.open()) {
      Credential credential = opened.value(id("A", GLOBAL));
      assertThat(credential.toString()).contains("A (global)").doesNotContain("hunter2");
      credential.close();
      assertThatThrownBy(credential::value).isInstanceOf(IllegalStateException.class);
    }
  }
}
