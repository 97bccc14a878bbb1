package io.github.cachemesh.core.audit;

import static io.github.cachemesh.core.audit.LogFolder.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.core.audit.AuditVerdict.Broken;
import io.github.cachemesh.core.audit.AuditVerdict.Intact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody with the files and without the key can do to a log, and that it is found. */
class AuditVerifyTest {
  @TempDir Path temporary;
  LogFolder folder;
  AuditHead head = AuditHead.START;
  List<String> lines = List.of();

  @BeforeEach
  void fill() throws IOException {
    folder = new LogFolder(temporary.resolve("audit"));
    head = folder.filled(5);
    lines = new ArrayList<>(folder.lines());
  }

  private void assertBroken(AuditHead anchor, AuditFault fault, long seq) throws IOException {
    assertThat(folder.log().verify(anchor))
        .isInstanceOfSatisfying(
            Broken.class,
            broken -> {
              assertThat(broken.fault()).as(broken.message()).isEqualTo(fault);
              assertThat(broken.seq()).as(broken.message()).isEqualTo(seq);
            });
  }

  @Test
  void untouchedLogIsIntact() throws IOException {
    assertThat(folder.log().verify(AuditHead.START)).isEqualTo(new Intact(head, false));
    assertThat(folder.log().verify(head)).isEqualTo(new Intact(head, true));
  }

  @Test
  void headOfEarlierAnchorsWhatCameAfter() throws IOException {
    AuditHead later = folder.log().append(event("6"));

    assertThat(folder.log().verify(head)).isEqualTo(new Intact(later, true));
  }

  @Test
  void everyChangedByteIsFound() throws IOException {
    byte[] whole = Files.readAllBytes(folder.file());
    for (int i = 0; i < whole.length; i++) {
      byte[] changed = whole.clone();
      changed[i] ^= 1;
      Files.write(folder.file(), changed);
      assertThat(folder.log().verify(AuditHead.START)).as("byte %d", i).isInstanceOf(Broken.class);
    }
  }

  @Test
  void changedLineIsNamed() throws IOException {
    lines.set(2, lines.get(2).replace("\"done\"", "\"denied\""));
    folder.rewrite(lines);

    assertBroken(AuditHead.START, AuditFault.CHANGED, 3);
  }

  @Test
  void changedFirstLineIsNoReplacedLog() throws IOException {
    lines.set(0, lines.get(0).replace("\"done\"", "\"denied\""));
    folder.rewrite(lines);

    assertBroken(AuditHead.START, AuditFault.CHANGED, 1);
  }

  @Test
  void addedTextIsFound() throws IOException {
    lines.add(1, "");
    folder.rewrite(lines);

    assertBroken(AuditHead.START, AuditFault.CHANGED, 2);
  }

  @Test
  void missingLineIsFound() throws IOException {
    lines.remove(2);
    folder.rewrite(lines);

    assertBroken(AuditHead.START, AuditFault.MISSING, 3);
  }

  @Test
  void missingFirstLineIsFound() throws IOException {
    lines.remove(0);
    folder.rewrite(lines);

    assertBroken(AuditHead.START, AuditFault.MISSING, 1);
  }

  @Test
  void missingLineWhoseNumberAnotherTookIsFound() throws IOException {
    lines.remove(4);
    lines.set(3, folder.lines().get(4).replace("{\"seq\":5", "{\"seq\":4"));
    folder.rewrite(lines);

    assertBroken(AuditHead.START, AuditFault.CHANGED, 4);
  }

  @Test
  void reorderedLinesAreFound() throws IOException {
    Collections.swap(lines, 1, 3);
    folder.rewrite(lines);

    assertBroken(AuditHead.START, AuditFault.REORDERED, 2);
  }

  @Test
  void lineThatStandsTwiceIsFound() throws IOException {
    lines.add(3, lines.get(2));
    folder.rewrite(lines);

    assertBroken(AuditHead.START, AuditFault.REORDERED, 4);
  }

  @Test
  void cutEndIsFoundAgainstAHead() throws IOException {
    folder.rewrite(lines.subList(0, 3));

    assertBroken(head, AuditFault.CUT, 4);
    assertThat(folder.log().verify(AuditHead.START))
        .isInstanceOfSatisfying(Intact.class, intact -> assertThat(intact.anchored()).isFalse());
  }

  @Test
  void everyCutWithinALineIsFoundWithoutAHead() throws IOException {
    byte[] whole = Files.readAllBytes(folder.file());
    int last = lines.getLast().length() + 1;
    for (int gone = 1; gone < last; gone++) {
      Files.write(folder.file(), Arrays.copyOf(whole, whole.length - gone));
      assertBroken(AuditHead.START, AuditFault.CUT, 5);
    }
  }

  @Test
  void removedLogIsFoundAgainstAHead() throws IOException {
    Files.delete(folder.file());

    assertBroken(head, AuditFault.CUT, 1);
  }

  @Test
  void logUnderAnotherKeyIsFound() throws IOException {
    LogFolder other = new LogFolder(temporary.resolve("other"));
    AuditLog forged = new AuditLog(other.folder(), LogFolder.key(2), () -> LogFolder.NOW);
    for (int i = 1; i <= 5; i++) {
      forged.append(event(Integer.toString(i)));
    }
    Files.write(folder.file(), Files.readAllBytes(other.file()));

    assertBroken(AuditHead.START, AuditFault.REPLACED, 1);
    assertBroken(head, AuditFault.REPLACED, 1);
  }

  @Test
  void anotherLogUnderTheSameKeyIsFoundAgainstAHead() throws IOException {
    LogFolder other = new LogFolder(temporary.resolve("other"));
    other.log().append(event("begins otherwise"));
    other.filled(5);
    Files.write(folder.file(), Files.readAllBytes(other.file()));

    assertBroken(head, AuditFault.REPLACED, 5);
  }

  @Test
  void removedFileIsFound() throws IOException {
    LogFolder many = new LogFolder(temporary.resolve("many"));
    AuditHead last = many.filled(9, 500);
    Files.delete(many.files().get(1));

    assertThat(many.log().verify(last))
        .isInstanceOfSatisfying(
            Broken.class, broken -> assertThat(broken.fault()).isEqualTo(AuditFault.MISSING));
  }

  @Test
  void filesThatWereSwappedAreFound() throws IOException {
    LogFolder many = new LogFolder(temporary.resolve("many"));
    AuditHead last = many.filled(9, 500);
    byte[] first = Files.readAllBytes(many.files().get(0));
    Files.write(many.files().get(0), Files.readAllBytes(many.files().get(1)));
    Files.write(many.files().get(1), first);

    assertThat(many.log().verify(last))
        .isInstanceOfSatisfying(
            Broken.class, broken -> assertThat(broken.fault()).isEqualTo(AuditFault.REORDERED));
  }

  @Test
  void fileThatEndsWithinALineIsFoundThoughAnotherFollows() throws IOException {
    LogFolder many = new LogFolder(temporary.resolve("many"));
    many.filled(9, 500);
    Path first = many.file();
    byte[] whole = Files.readAllBytes(first);
    Files.write(first, Arrays.copyOf(whole, whole.length - 1));

    assertThat(many.log().verify(AuditHead.START))
        .isInstanceOfSatisfying(
            Broken.class, broken -> assertThat(broken.fault()).isEqualTo(AuditFault.CUT));
  }

  @Test
  void lineWithoutEndIsReadInBoundedPieces() throws IOException {
    Files.write(folder.file(), new byte[1 << 20]);

    assertBroken(AuditHead.START, AuditFault.CHANGED, 1);
  }

  @Test
  void entriesBeforeTheFirstWrongLineAreRead() throws IOException {
    lines.set(3, lines.get(3).replace("\"done\"", "\"denied\""));
    folder.rewrite(lines);

    assertThat(folder.whats()).containsExactly("1", "2", "3");
  }
}
