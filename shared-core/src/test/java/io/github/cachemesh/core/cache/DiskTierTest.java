package io.github.cachemesh.core.cache;

import static io.github.cachemesh.core.cache.SampleEntries.NOON;
import static io.github.cachemesh.core.cache.SampleEntries.bytes;
import static io.github.cachemesh.core.cache.SampleEntries.entry;
import static io.github.cachemesh.core.cache.SampleEntries.key;
import static io.github.cachemesh.core.cache.SampleEntries.resource;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.core.cache.TierEvents.Event;
import io.github.cachemesh.core.http.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskTierTest implements TierContract {
  @TempDir private Path folder;
  private final RecordedEvents events = new RecordedEvents();
  private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
  private DiskTier tier;

  @Override
  public Tier tier() {
    if (tier == null) {
      tier = open(1000, 64 << 20);
    }
    return tier;
  }

  @Override
  public RecordedEvents events() {
    return events;
  }

  private DiskTier open(int maxEntries, long maxBytes) {
    return new DiskTier(folder.resolve("store"), maxEntries, maxBytes, now::get, events);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  private void storeNumbered(DiskTier tier, int from, int to) {
    for (int i = from; i < to; i++) {
      now.set(now.get().plusSeconds(61));
      tier.store(entry("/" + i, "x"), bytes("x"));
    }
  }

  private static List<Integer> numbersIn(DiskTier tier, int to) {
    return IntStream.range(0, to)
        .filter(i -> !tier.find(resource("/" + i)).isEmpty())
        .boxed()
        .toList();
  }

  @Test
  void entriesOutliveTheProcess() {
    Entry entry = entry("/repos/o/r", "x");
    open(10, 1 << 20).store(entry, bytes("x"));
    DiskTier reopened = open(10, 1 << 20);
    assertThat(reopened.find(resource("/repos/o/r"))).containsExactly(entry);
    assertThat(reopened.body(entry)).hasValue(bytes("x"));
    assertThat(reopened.entries()).isOne();
    assertThat(reopened.all()).containsExactly(entry);
  }

  @Test
  void theEntriesUsedLongestAgoMakeRoomDownToNineteenTwentieths() {
    DiskTier small = open(40, 1 << 20);
    storeNumbered(small, 0, 40);
    now.set(now.get().plusSeconds(61));
    small.body(entry("/0", "x"));
    storeNumbered(small, 40, 41);
    assertThat(small.entries()).isEqualTo(38);
    assertThat(numbersIn(small, 41)).hasSize(38).contains(0, 40).doesNotContain(1, 2, 3);
    assertThat(events.of(Event.EVICTED)).isEqualTo(3);
  }

  @Test
  void anEntryThatMemoryAnswersWithCountsAsUsed() {
    DiskTier small = open(40, 1 << 20);
    storeNumbered(small, 0, 40);
    now.set(now.get().plusSeconds(61));
    small.used(entry("/0", "x").id());
    storeNumbered(small, 40, 41);
    assertThat(numbersIn(small, 2)).containsExactly(0);
  }

  @Test
  void theBoundOfBytesHoldsAfterEveryWrite() throws IOException {
    DiskTier small = open(1000, 100_000);
    byte[] body = new byte[9_000];
    for (int i = 0; i < 30; i++) {
      now.set(now.get().plusSeconds(1));
      small.store(entry(key("/" + i), body), body);
      long bytes = 0;
      for (Path file : files()) {
        bytes += Files.size(file);
      }
      assertThat(bytes).isLessThanOrEqualTo(100_000).isEqualTo(small.bytes());
    }
  }

  @Test
  void aBodyOfMoreThanHalfTheBoundIsDroppedAndDoesNotCrowdOutOthers() {
    DiskTier small = open(1000, 100_000);
    small.store(entry("/a", "x"), bytes("x"));
    byte[] body = new byte[60_000];
    small.store(entry(key("/large"), body), body);
    assertThat(small.find(resource("/large"))).isEmpty();
    assertThat(small.find(resource("/a"))).hasSize(1);
    assertThat(events.of(Event.DROPPED)).isOne();
  }

  @Test
  void useIsNotedAtMostOnceAMinute() throws IOException {
    Entry entry = entry("/a", "x");
    tier().store(entry, bytes("x"));
    now.set(NOON.plusSeconds(59));
    tier().body(entry);
    assertThat(Files.getLastModifiedTime(files().getFirst())).isEqualTo(FileTime.from(NOON));
    now.set(NOON.plusSeconds(61));
    tier().body(entry);
    assertThat(Files.getLastModifiedTime(files().getFirst())).isEqualTo(FileTime.from(now.get()));
  }

  @Test
  void entriesThatNobodyUsedForAMonthExpire() {
    open(10, 1 << 20).store(entry("/a", "x"), bytes("x"));
    now.set(NOON.plus(DiskTier.MAX_UNUSED).plus(Duration.ofSeconds(1)));
    assertThat(open(10, 1 << 20).find(resource("/a"))).isEmpty();
    assertThat(events.of(Event.EXPIRED)).isOne();
  }

  @Test
  void aDamagedBodyIsAMissACountedEventAndGone() throws IOException {
    Entry entry = entry("/a", "body");
    tier().store(entry, bytes("body"));
    Path file = files().getFirst();
    byte[] content = Files.readAllBytes(file);
    content[content.length - 1] ^= 1;
    Files.write(file, content);
    assertThat(tier().body(entry)).isEmpty();
    assertThat(events.of(Event.DAMAGED)).isOne();
    assertThat(files()).isEmpty();
    assertThat(tier.entries()).isZero();
  }

  @Test
  void aFileUnderAnotherEntrysNameIsDropped() throws IOException {
    Entry entry = entry("/a", "body");
    tier().store(entry, bytes("body"));
    Path file = files().getFirst();
    tier().store(entry("/b", "body"), bytes("body"));
    Path other = files().stream().filter(f -> !f.equals(file)).findFirst().orElseThrow();
    Files.write(file, Files.readAllBytes(other));
    assertThat(tier().find(resource("/a"))).isEmpty();
    assertThat(tier().find(resource("/b"))).hasSize(1);
    assertThat(events.of(Event.DAMAGED)).isOne();
  }

  @Test
  void aLaterVersionsFileIsMissedAndLeftAlone() throws IOException {
    tier().store(entry("/a", "body"), bytes("body"));
    Path file = files().getFirst();
    byte[] content = Files.readAllBytes(file);
    content[11] = 2;
    Files.write(file, content);
    assertThat(tier().find(resource("/a"))).isEmpty();
    assertThat(file).hasBinaryContent(content);
    assertThat(events.of(Event.DAMAGED)).isZero();
  }

  @Test
  void aFolderThatCannotBeWrittenIsACountedMiss() throws IOException {
    Files.createFile(folder.resolve("store"));
    DiskTier broken = open(10, 1 << 20);
    broken.store(entry("/a", "x"), bytes("x"));
    assertThat(broken.find(resource("/a"))).isEmpty();
    assertThat(broken.body(entry("/a", "x"))).isEmpty();
    broken.remove(entry("/a", "x").id());
    broken.invalidate("api.github.com", "/a");
    broken.clear();
    assertThat(broken.all()).isEmpty();
    assertThat(events.of(Event.FAILED)).isPositive();
    assertThat(events.of(Event.STORED)).isZero();
  }

  @Test
  void metadataBeyondItsBoundIsDropped() {
    Entry large = entry("/" + "a".repeat(300_000), "x");
    tier().store(large, bytes("x"));
    assertThat(tier().find(large.key().resource())).isEmpty();
    assertThat(events.of(Event.DROPPED)).isOne();
  }

  @Test
  void theLongestUrlsFitIntoFileNames() {
    Entry entry = entry("/" + "long/".repeat(1600) + "?q=" + "x".repeat(8000), "x");
    tier().store(entry, bytes("x"));
    assertThat(tier().find(entry.key().resource())).containsExactly(entry);
  }

  @Test
  void invalidationLeavesNoEmptyFolders() throws IOException {
    tier().store(entry("/a", "x"), bytes("x"));
    tier().invalidate("api.github.com", "/a");
    try (Stream<Path> all = Files.walk(folder.resolve("store").resolve("entries"), 2)) {
      assertThat(all.filter(path -> path.getFileName().toString().length() == 64)).isEmpty();
    }
  }
}
