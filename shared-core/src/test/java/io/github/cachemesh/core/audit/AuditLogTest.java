package io.github.cachemesh.core.audit;

import static io.github.cachemesh.core.audit.LogFolder.event;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditLogTest {
  @TempDir Path temporary;
  LogFolder folder;

  @BeforeEach
  void nameFolder() {
    folder = new LogFolder(temporary.resolve("audit"));
  }

  @Test
  void lineIsWhatTheFormatSays() throws IOException {
    AuditHead head = folder.log().append(event("NPM_TOKEN (global)"));

    assertThat(Files.readString(folder.file(), US_ASCII))
        .isEqualTo(
            """
            {"seq":1,"at":"2026-11-22T21:51:54.250Z","action":"grant","who":"repository 1296269",\
            "what":"NPM_TOKEN (global)","why":"grant 2","outcome":"done","mac":"%s"}
            """
                .formatted(head.mac()));
    // As Python's hmac says, from HKDF's extraction on.
    assertThat(head.mac())
        .isEqualTo("c2966dcbf6f931413aa74d06d8afd62610b30936371cb48725c7b2152a6606e2");
  }

  @Test
  void entriesAreReadAsTheyWereLogged() throws IOException {
    AuditEvent denial =
        new AuditEvent(
            AuditAction.GRANT,
            "\"}\n,\u0000 Zoë \ud83d\ude00 \ud83d",
            "a\\b\u2028",
            "",
            AuditOutcome.NOT_FOUND);
    folder.log().append(List.of(event("first"), denial));

    List<AuditEntry> entries = new ArrayList<>();
    folder.log().read(entries::add);

    assertThat(entries)
        .containsExactly(
            new AuditEntry(1, LogFolder.NOW, event("first")),
            new AuditEntry(2, LogFolder.NOW, denial));
  }

  @Test
  void everyActionAndOutcomeIsRead() throws IOException {
    AuditLog log = folder.log();
    List<AuditEvent> events = new ArrayList<>();
    for (AuditAction action : AuditAction.values()) {
      for (AuditOutcome outcome : AuditOutcome.values()) {
        events.add(new AuditEvent(action, "who", "what", "why", outcome));
      }
    }
    log.append(events);

    List<AuditEvent> read = new ArrayList<>();
    log.read(entry -> read.add(entry.event()));

    assertThat(read).isEqualTo(events);
  }

  @Test
  void longestTextsFitIntoALine() throws IOException {
    String longText = "\u0001".repeat(AuditEvent.MAX_WHY + 1);
    AuditEvent event =
        new AuditEvent(AuditAction.GRANT, longText, longText, longText, AuditOutcome.DENIED);

    AuditHead head = folder.log().append(event);

    assertThat(folder.log().verify(head)).isEqualTo(new AuditVerdict.Intact(head, true));
    assertThat(event.why()).hasSize(AuditEvent.MAX_WHY).endsWith("…");
  }

  @Test
  void headIsThatOfTheLastLine() throws IOException {
    assertThat(folder.log().head()).isEqualTo(AuditHead.START);
    assertThat(folder.folder()).doesNotExist();

    AuditHead head = folder.filled(3);

    assertThat(head.seq()).isEqualTo(3);
    assertThat(folder.log().head()).isEqualTo(head);
  }

  @Test
  void anotherLogOfTheFolderContinuesTheChain() throws IOException {
    AuditLog one = folder.log();
    AuditLog other = folder.log();
    one.append(event("1"));
    other.append(event("2"));
    one.append(List.of(event("3"), event("4")));
    AuditHead head = other.append(event("5"));

    assertThat(folder.whats()).containsExactly("1", "2", "3", "4", "5");
    assertThat(folder.log().verify(head)).isEqualTo(new AuditVerdict.Intact(head, true));
  }

  @Test
  void newFilesContinueTheChain() throws IOException {
    AuditLog small = folder.log(500);
    AuditLog other = folder.log(500);
    AuditHead head = AuditHead.START;
    for (int i = 0; i < 12; i++) {
      head = (i % 3 == 0 ? other : small).append(event(Integer.toString(i)));
    }

    assertThat(folder.files())
        .hasSizeGreaterThan(3)
        .allSatisfy(file -> assertThat(Files.size(file)).isBetween(1L, 500L));
    assertThat(folder.log().verify(head)).isEqualTo(new AuditVerdict.Intact(head, true));
    assertThat(folder.log(500).append(event("next")).seq()).isEqualTo(13);
  }

  @Test
  void emptyFileThatACrashLeftIsUsed() throws IOException {
    AuditHead head = folder.filled(2);
    Path empty = folder.folder().resolve("audit-000000000000000003.jsonl");
    Files.createFile(empty);

    assertThat(folder.log().verify(head)).isEqualTo(new AuditVerdict.Intact(head, true));
    AuditHead next = folder.log().append(event("3"));

    assertThat(empty).isNotEmptyFile();
    assertThat(folder.log().verify(next)).isEqualTo(new AuditVerdict.Intact(next, true));
  }

  @Test
  void unfinishedLineOfACrashIsDroppedAndTold() throws IOException {
    folder.filled(2);
    Files.writeString(folder.file(), "{\"seq\":3,\"at", StandardOpenOption.APPEND);

    AuditHead head = folder.log().append(event("3"));

    List<AuditEvent> events = new ArrayList<>();
    folder.log().read(entry -> events.add(entry.event()));
    assertThat(head.seq()).isEqualTo(4);
    assertThat(events.get(2).action()).isEqualTo(AuditAction.REPAIR);
    assertThat(events.get(2).why()).contains("dropped 12 bytes");
    assertThat(events.get(3)).isEqualTo(event("3"));
  }

  @Test
  void threadsAtOnceLoseNothing() throws Exception {
    AuditLog one = folder.log(2000);
    AuditLog other = folder.log(2000);
    List<Future<AuditHead>> appended = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 200; i++) {
        AuditEvent event = event(Integer.toString(i));
        AuditLog log = i % 2 == 0 ? one : other;
        appended.add(threads.submit(() -> log.append(event)));
      }
    }

    List<Long> numbers = new ArrayList<>();
    for (Future<AuditHead> each : appended) {
      numbers.add(each.get().seq());
    }
    assertThat(numbers)
        .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, 200).boxed().toList());
    assertThat(folder.whats())
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 200).mapToObj(Integer::toString).toList());
  }

  @Test
  void onlyTheOwnerMayReadTheFiles() throws IOException {
    folder.filled(1);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.folder())))
        .isEqualTo("rwx------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.file())))
        .isEqualTo("rw-------");
  }

  @Test
  void nothingIsAppendedToAChangedLog() throws IOException {
    folder.filled(3);
    String changed = Files.readString(folder.file()).replace("grant 2", "grant 3");
    Files.writeString(folder.file(), changed);

    assertThatThrownBy(() -> folder.log().append(event("4")))
        .isInstanceOf(AuditRefusedException.class)
        .hasMessageContaining("audit-000000000000000001.jsonl")
        .hasMessageContaining("audit verify");
    assertThat(folder.file()).hasContent(changed);
  }

  @Test
  void nothingIsAppendedUnderAnotherKey() throws IOException {
    folder.filled(1);
    AuditLog other = new AuditLog(folder.folder(), LogFolder.key(2), () -> LogFolder.NOW);

    assertThatThrownBy(() -> other.append(event("2")))
        .isInstanceOfSatisfying(
            AuditRefusedException.class, e -> assertThat(e.fault()).isEqualTo(AuditFault.REPLACED));
  }

  @Test
  void nothingIsAppendedWhereLinesWentBetweenTwoAppends() throws IOException {
    AuditLog log = folder.log();
    log.append(event("1"));
    log.append(event("2"));
    folder.rewrite(folder.lines().subList(0, 1));

    assertThatThrownBy(() -> log.append(event("3")))
        .isInstanceOfSatisfying(
            AuditRefusedException.class, e -> assertThat(e.fault()).isEqualTo(AuditFault.CUT));
  }

  @Test
  void nothingIsAppendedAfterAFileWasRemoved() throws IOException {
    folder.filled(8, 500);
    List<Path> files = folder.files();
    Files.delete(files.get(files.size() - 2));

    assertThatThrownBy(() -> folder.log().append(event("9")))
        .isInstanceOfSatisfying(
            AuditRefusedException.class, e -> assertThat(e.fault()).isEqualTo(AuditFault.MISSING));
  }

  @Test
  void failureIsTold() throws IOException {
    Files.writeString(folder.folder(), "a file where the folder should be");

    assertThatThrownBy(() -> folder.log().append(event("1")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not logged");
  }
}
