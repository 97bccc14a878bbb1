package io.github.cachemesh.core.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.core.cache.TierEvents.Event;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The disk tier with real processes: killed, side by side, and without room to write. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class DiskTierProcessesTest {
  private static final int KILLS = 50;

  @TempDir private Path temporary;
  private final RecordedEvents events = new RecordedEvents();
  private final List<Process> started = new ArrayList<>();

  private Path folder() {
    return temporary.resolve("store");
  }

  private Process start(String shell, long seed, int writes, int maxEntries) throws IOException {
    Process process = DiskWriter.start(shell, folder(), seed, writes, maxEntries);
    started.add(process);
    return process;
  }

  @AfterEach
  void leaveNoProcessBehind() {
    started.forEach(process -> process.toHandle().destroyForcibly());
  }

  private DiskTier open(int maxEntries) {
    return new DiskTier(folder(), maxEntries, 1L << 30, InstantSource.system(), events);
  }

  @Test
  void whatWasAcknowledgedIsReadableAndRightAfterEveryKill() throws Exception {
    Random random = new Random();
    Set<Integer> acknowledged = new HashSet<>();
    for (int round = 0; round < KILLS / 2; round++) {
      Process first = start("", random.nextLong(), 100_000, 1_000);
      Process second = start("", random.nextLong(), 100_000, 1_000);
      acknowledged.addAll(numbersUntilKilled(first, random.nextInt(30)));
      acknowledged.addAll(numbersUntilKilled(second, random.nextInt(30)));
      DiskTier tier = open(1_000);
      assertThat(acknowledged).allMatch(number -> DiskWriter.readRight(tier, number));
      assertThat(events.of(Event.DAMAGED)).isZero();
    }
    assertThat(acknowledged).hasSizeGreaterThan(KILLS);
    assertThat(open(1_000).all()).hasSizeGreaterThanOrEqualTo(acknowledged.size());
  }

  /** Reads some numbers, kills the process in whatever it is doing then, and reads the rest. */
  private static List<Integer> numbersUntilKilled(Process writer, int count) throws Exception {
    List<Integer> numbers = new ArrayList<>();
    try (BufferedReader lines = writer.inputReader()) {
      while (numbers.size() < count) {
        String line = lines.readLine();
        assertThat(line).as(() -> "the writer ended by itself").isNotNull();
        numbers.add(Integer.valueOf(line));
      }
      // By its handle, which leaves the pipe open for what it still holds.
      writer.toHandle().destroyForcibly();
      StringWriter rest = new StringWriter();
      lines.transferTo(rest);
      // What follows the last line feed was being printed.
      String whole = rest.toString().substring(0, rest.toString().lastIndexOf('\n') + 1);
      whole.lines().map(Integer::valueOf).forEach(numbers::add);
    }
    assertThat(writer.waitFor()).isEqualTo(128 + 9);
    return numbers;
  }

  @Test
  void twoProcessesWriteReadAndEvictInOneFolder() throws Exception {
    int maxEntries = 60;
    Process first = start("", 1, 400, maxEntries);
    Process second = start("", 2, 400, maxEntries);
    assertThat(endOf(first)).as(log()).isZero();
    assertThat(endOf(second)).as(log()).isZero();
    try (Stream<Path> files = Files.walk(folder())) {
      // A twentieth of the bound for each process, and one entry.
      assertThat(files.filter(Files::isRegularFile).count()).isLessThanOrEqualTo(60 + 2 * 3 + 2);
    }
    DiskTier tier = open(maxEntries);
    assertThat(tier.all()).isNotEmpty();
    for (int number = 0; number < DiskWriter.NUMBERS; number++) {
      DiskWriter.readRight(tier, number);
    }
    assertThat(events.of(Event.DAMAGED)).isZero();
  }

  @Test
  void withoutRoomToWriteEntriesAreMissedAndNothingHalfWrittenStays() throws Exception {
    // A limit on the size of files stands for a full disk: writes fail in their middle.
    Process writer = start("ulimit -f 8", 3, 60, 1_000);
    assertThat(endOf(writer)).as(log()).isEqualTo(4);
    DiskTier tier = open(1_000);
    assertThat(tier.all()).isNotEmpty().hasSizeLessThan(60);
    assertThat(events.of(Event.DAMAGED)).isZero();
    try (Stream<Path> files = Files.walk(folder())) {
      assertThat(files.filter(file -> file.getFileName().toString().startsWith(".tmp"))).isEmpty();
    }
    assertThat(Files.readString(Path.of(folder() + ".log")))
        .containsOnlyOnce("cannot be written")
        .contains("File too large");
  }

  private static int endOf(Process process) throws Exception {
    process.getInputStream().transferTo(OutputStream.nullOutputStream());
    return process.waitFor();
  }

  private String log() throws IOException {
    return Files.readString(Path.of(folder() + ".log"));
  }
}
