package io.github.cachemesh.core.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EntryFilesTest {
  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
  private static final byte[] BODY = "body".getBytes(UTF_8);
  private static final EntryName NAME = NoteCodec.nameOf("note");

  @TempDir private Path temporary;

  private Path folder() {
    return temporary.resolve("a").resolve("store");
  }

  private EntryFiles<NoteCodec.Note> files() {
    return new EntryFiles<>(folder(), new NoteCodec());
  }

  private void write(String text) throws IOException {
    files().write(NoteCodec.Note.of(text, BODY), BODY, NOW);
  }

  private List<Path> onDisk() throws IOException {
    try (Stream<Path> all = Files.walk(temporary)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void filesAndFoldersAreTheOwnersOnly() throws IOException {
    write("note");
    Path file = onDisk().getFirst();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    for (Path p = file.getParent(); !p.equals(temporary); p = p.getParent()) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(p)))
          .isEqualTo("rwx------");
    }
  }

  @Test
  void aFileIsListedInItsGroupWithItsSizeAndTime() throws IOException {
    write("note");
    write("nut");
    write("other");
    assertThat(files().list(NAME.group())).containsExactlyInAnyOrder(NAME, NoteCodec.nameOf("nut"));
    assertThat(files().scan(NOW)).hasSize(3);
    assertThat(files().stat(NAME)).hasValue(new EntryFile(NAME, Files.size(fileOf(NAME)), NOW));
  }

  private Path fileOf(EntryName name) throws IOException {
    return onDisk().stream()
        .filter(p -> p.toString().contains(name.name()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whatIsMissingIsAbsent() throws IOException {
    assertThat(files().readEntry(NAME)).isInstanceOf(Reading.Absent.class);
    assertThat(files().readBody(NAME)).isInstanceOf(Reading.Absent.class);
    assertThat(files().delete(NAME)).isFalse();
    assertThat(files().deleteDamaged(NAME)).isFalse();
    assertThat(files().list(NAME.group())).isEmpty();
    assertThat(files().scan(NOW)).isEmpty();
    files().touch(NAME, NOW, Duration.ZERO);
    assertThat(onDisk()).isEmpty();
  }

  @Test
  void deletingTheLastOfAGroupRemovesItsFolder() throws IOException {
    write("note");
    Path group = onDisk().getFirst().getParent();
    assertThat(files().delete(NAME)).isTrue();
    assertThat(group).doesNotExist();
  }

  @Test
  void aWholeFileIsNotDeletedAsDamaged() throws IOException {
    write("note");
    assertThat(files().deleteDamaged(NAME)).isFalse();
    assertThat(files().readBody(NAME)).isInstanceOf(Reading.Found.class);
  }

  @Test
  void aDamagedFileIsDeleted() throws IOException {
    write("note");
    Files.writeString(onDisk().getFirst(), "damaged");
    assertThat(files().readEntry(NAME)).isInstanceOf(Reading.Damaged.class);
    assertThat(files().deleteDamaged(NAME)).isTrue();
    assertThat(onDisk()).isEmpty();
  }

  @Test
  void temporaryFilesAreSweptAfterAnHourAndNeverListed() throws IOException {
    write("note");
    Path leftOver = onDisk().getFirst().resolveSibling(".tmp-left-over");
    Path current = leftOver.resolveSibling(".tmp-current");
    Files.writeString(leftOver, "half an en");
    Files.writeString(current, "half an en");
    Files.setLastModifiedTime(leftOver, FileTime.from(NOW.minus(Duration.ofMinutes(61))));
    Files.setLastModifiedTime(current, FileTime.from(NOW.minus(Duration.ofMinutes(59))));
    assertThat(files().scan(NOW)).hasSize(1);
    assertThat(files().list(NAME.group())).hasSize(1);
    assertThat(leftOver).doesNotExist();
    assertThat(current).exists();
  }

  @Test
  void foreignFilesAndFoldersAreLeftAlone() throws IOException {
    write("note");
    Path group = onDisk().getFirst().getParent();
    Path foreignFile = Files.writeString(group.resolve("README.txt"), "hello");
    Path foreignFolder =
        Files.createDirectories(folder().resolve("entries").resolve("zz").resolve("b"));
    Path folderAsEntry = Files.createDirectory(group.resolve("ab.entry"));
    Path link = Files.createSymbolicLink(group.resolve("cd.entry"), foreignFile);
    assertThat(files().scan(NOW)).hasSize(1);
    for (EntryName name : files().list(NAME.group())) {
      files().readBody(name);
    }
    assertThat(files().readBody(new EntryName(NAME.group(), "cd")))
        .isInstanceOf(Reading.Absent.class);
    assertThat(foreignFile).hasContent("hello");
    assertThat(foreignFolder).exists();
    assertThat(folderAsEntry).exists();
    assertThat(link).isSymbolicLink();
  }

  @Test
  void anEntryThatIsTooLargeLeavesNothingBehind() throws IOException {
    byte[] large = new byte[EntryFormat.MAX_BODY_BYTES + 1];
    assertThatExceptionOfType(EntryTooLargeException.class)
        .isThrownBy(() -> files().write(NoteCodec.Note.of("note", large), large, NOW));
    assertThat(onDisk()).isEmpty();
  }

  @Test
  void namesThatLeaveTheFolderAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new EntryName(NAME.group(), "../../key"));
    assertThatIllegalArgumentException().isThrownBy(() -> new EntryName("../key", "ab"));
    assertThatIllegalArgumentException().isThrownBy(() -> files().list("../key"));
  }
}
