package io.github.cachemesh.core.cache;

import static io.github.cachemesh.core.cache.SampleEntries.ALICE;
import static io.github.cachemesh.core.cache.SampleEntries.BOB;
import static io.github.cachemesh.core.cache.SampleEntries.HOST;
import static io.github.cachemesh.core.cache.SampleEntries.NOON;
import static io.github.cachemesh.core.cache.SampleEntries.bytes;
import static io.github.cachemesh.core.cache.SampleEntries.entry;
import static io.github.cachemesh.core.cache.SampleEntries.key;
import static io.github.cachemesh.core.cache.SampleEntries.proof;
import static io.github.cachemesh.core.cache.SampleEntries.resource;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cachemesh.core.http.BodyDigest;
import io.github.cachemesh.core.http.Entry;
import io.github.cachemesh.core.http.Principal;
import io.github.cachemesh.core.http.Proof;
import io.github.cachemesh.core.http.RequestKey;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TieredCacheTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  private final RecordedEvents events = new RecordedEvents();
  private final MemoryTier memory = new MemoryTier(1000, 64 << 20, TierEvents.NONE);
  private final HeldTier disk = new HeldTier(1_000_000);
  private final HeldTier peers = new HeldTier(1_000_000);
  private final TieredCache cache = new TieredCache(memory, disk, List.of(peers), events);

  @AfterEach
  void close() {
    disk.writesAllowed.release(10_000);
    cache.close();
  }

  private void store(Entry entry, String body) {
    assertThat(cache.store(entry, bytes(body), cache.epoch())).isTrue();
    assertThat(cache.flush(LONG)).isTrue();
  }

  private List<Entry> found(String target) {
    return cache.lookup(resource(target)).stream().map(Candidate::entry).toList();
  }

  @Test
  void whatWasStoredIsFoundInMemoryAtOnceAndOnDiskAfterAFlush() {
    Entry entry = entry("/a", "x");
    store(entry, "x");
    assertThat(cache.lookupInMemory(resource("/a")))
        .containsExactly(new Candidate(entry, memory, cache.epoch()));
    assertThat(disk.find(resource("/a"))).containsExactly(entry);
  }

  @Test
  void anEntryInSeveralTiersIsOneCandidateOfTheNearest() {
    store(entry("/a", "x"), "x");
    disk.store(entry("/a", "y", proof(BOB, NOON.plusSeconds(1))), bytes("y"));
    assertThat(cache.lookup(resource("/a")))
        .extracting(Candidate::tier)
        .containsExactly(disk, memory);
  }

  @Test
  void aBodyReadFromDiskIsInMemoryFromThenOn() {
    Entry entry = entry("/a", "x");
    disk.store(entry, bytes("x"));
    assertThat(cache.lookupInMemory(resource("/a"))).isEmpty();
    assertThat(cache.body(cache.lookup(resource("/a")).getFirst())).hasValue(bytes("x"));
    assertThat(memory.find(resource("/a"))).containsExactly(entry);
  }

  @Test
  void aBodyThatWasLostIsAMiss() {
    disk.store(entry("/a", "x"), bytes("x"));
    Candidate candidate = cache.lookup(resource("/a")).getFirst();
    disk.clear();
    assertThat(cache.body(candidate)).isEmpty();
  }

  @Test
  void furtherTiersAreAskedOnlyWhereNothingIsNearer() {
    peers.store(entry("/a", "peer's"), bytes("peer's"));
    store(entry("/a", "own"), "own");
    assertThat(found("/a"))
        .hasSize(1)
        .first()
        .extracting(Entry::body)
        .isEqualTo(BodyDigest.of(bytes("own")));
  }

  @Test
  void proofsOfFurtherTiersAreNotBelieved() {
    Entry claimed = entry("/a", "x", proof(Principal.ANONYMOUS, NOON), proof(ALICE, NOON));
    peers.store(claimed, bytes("x"));
    Candidate candidate = cache.lookup(resource("/a")).getFirst();
    assertThat(candidate.entry().proofs()).isEmpty();
    cache.body(candidate);
    assertThat(memory.find(resource("/a")).getFirst().proofs()).isEmpty();
  }

  @Test
  void proofsOfTheSameBodyAddUp() {
    store(entry("/a", "x", proof(ALICE, NOON)), "x");
    memory.clear();
    store(entry("/a", "x", proof(BOB, NOON.plusSeconds(1))), "x");
    assertThat(disk.find(resource("/a")).getFirst().proofs())
        .containsExactly(proof(BOB, NOON.plusSeconds(1)), proof(ALICE, NOON));
  }

  @Test
  void anOlderProofDoesNotReplaceALaterOne() {
    store(entry("/a", "x", proof(ALICE, NOON.plusSeconds(5))), "x");
    store(entry("/a", "x", proof(ALICE, NOON)), "x");
    assertThat(found("/a").getFirst().proofs()).containsExactly(proof(ALICE, NOON.plusSeconds(5)));
  }

  @Test
  void aProofIsKeptInMemoryOnly() {
    Entry entry = entry("/a", "x");
    store(entry, "x");
    Proof later = proof(BOB, NOON.plusSeconds(5));
    cache.prove(entry, later, cache.epoch());
    assertThat(cache.flush(LONG)).isTrue();
    assertThat(found("/a").getFirst().proofOf(BOB)).hasValue(later);
    assertThat(disk.find(resource("/a"))).containsExactly(entry);
  }

  @Test
  void whoeverSeesAnotherBodyIsNoProofOfTheFormer() {
    store(entry("/a", "old", proof(ALICE, NOON), proof(BOB, NOON)), "old");
    Entry current = entry("/a", "new", proof(ALICE, NOON.plusSeconds(1)));
    store(current, "new");
    Entry former = entry("/a", "old", proof(BOB, NOON));
    assertThat(memory.find(resource("/a")))
        .extracting(Entry::id)
        .containsExactly(current.id(), former.id());
    assertThat(memory.find(resource("/a")).get(1).proofs()).isEqualTo(former.proofs());
    assertThat(disk.find(resource("/a")).get(1).proofs()).isEqualTo(former.proofs());
  }

  @Test
  void anAnswerThatWasOvertakenTakesNothingFromTheLaterOne() {
    Entry later = entry("/a", "later", proof(ALICE, NOON.plusSeconds(1)));
    store(later, "later");
    store(entry("/a", "earlier", proof(ALICE, NOON)), "earlier");
    assertThat(found("/a")).first().isEqualTo(later);
    assertThat(disk.find(resource("/a"))).first().isEqualTo(later);
  }

  @Test
  void anEntryThatNobodyProvesAnyMoreIsRemoved() {
    store(entry("/a", "old"), "old");
    Entry current = entry("/a", "new", proof(ALICE, NOON.plusSeconds(1)));
    store(current, "new");
    assertThat(memory.find(resource("/a"))).containsExactly(current);
    assertThat(disk.find(resource("/a"))).containsExactly(current);
  }

  @Test
  void aProofOfOneBodyTakesTheSamePrincipalsProofFromAnother() {
    Entry other = entry("/a", "other", proof(BOB, NOON));
    store(other, "other");
    store(entry("/a", "old", proof(ALICE, NOON)), "old");
    cache.prove(other, proof(ALICE, NOON.plusSeconds(1)), cache.epoch());
    assertThat(cache.flush(LONG)).isTrue();
    assertThat(found("/a")).extracting(Entry::id).containsExactly(other.id());
  }

  @Test
  void aBodySeenButNotStoredSupersedesOnDiskToo() {
    Entry old = entry("/a", "old");
    disk.store(old, bytes("old"));
    cache.supersede(old.key(), BodyDigest.of(bytes("too large")), ALICE);
    assertThat(found("/a")).isEmpty();
  }

  @Test
  void otherMediaTypesAreNotSuperseded() {
    Entry raw =
        entry(new RequestKey(resource("/a"), "text/plain"), bytes("raw"), proof(ALICE, NOON));
    store(raw, "raw");
    store(entry("/a", "x", proof(ALICE, NOON.plusSeconds(1))), "x");
    assertThat(found("/a")).hasSize(2);
  }

  @Test
  void aWriteDropsItsPathAndThoseAboveEverywhere() {
    store(entry("/repos/o/r/issues?state=open", "x"), "x");
    store(entry("/repos/o/r/issues/1", "x"), "x");
    store(entry("/repos/o/r/issues/12", "x"), "x");
    cache.invalidate(HOST, "/repos/o/r/issues/1");
    assertThat(found("/repos/o/r/issues?state=open")).isEmpty();
    assertThat(found("/repos/o/r/issues/1")).isEmpty();
    assertThat(disk.find(resource("/repos/o/r/issues/1"))).isEmpty();
    assertThat(found("/repos/o/r/issues/12")).hasSize(1);
  }

  @Test
  void anAnswerAskedForBeforeTheInvalidationIsNotStored() {
    long asOf = cache.epoch();
    cache.invalidate(HOST, "/a/b");
    assertThat(cache.store(entry("/a", "x"), bytes("x"), asOf)).isFalse();
    assertThat(cache.flush(LONG)).isTrue();
    assertThat(found("/a")).isEmpty();
  }

  @Test
  void aWriteThatWaitedDuringTheInvalidationDoesNotLand() throws InterruptedException {
    disk.writesAllowed.drainPermits();
    cache.store(entry("/busy", "x"), bytes("x"), cache.epoch());
    cache.store(entry("/a", "x"), bytes("x"), cache.epoch());
    await().until(disk.writesAllowed::hasQueuedThreads);
    Thread invalidation = Thread.ofPlatform().start(() -> cache.invalidate(HOST, "/a"));
    await().until(() -> invalidation.getState() == Thread.State.WAITING);
    disk.writesAllowed.release(10);
    invalidation.join();
    assertThat(cache.flush(LONG)).isTrue();
    assertThat(found("/a")).isEmpty();
    assertThat(found("/busy")).hasSize(1);
  }

  @Test
  void aBodyReadBeforeTheInvalidationIsNotPromotedAfterIt() {
    disk.store(entry("/a", "x"), bytes("x"));
    Candidate candidate = cache.lookup(resource("/a")).getFirst();
    cache.invalidate(HOST, "/a");
    disk.store(entry("/a", "x"), bytes("x"));
    assertThat(cache.body(candidate)).isPresent();
    assertThat(cache.lookupInMemory(resource("/a"))).isEmpty();
  }

  @Test
  void aProofAskedForBeforeTheInvalidationIsNotKept() {
    long asOf = cache.epoch();
    cache.invalidate(HOST, "/a");
    Entry entry = entry("/a", "x");
    store(entry, "x");
    cache.prove(entry, proof(BOB, NOON), asOf);
    assertThat(found("/a").getFirst().proofOf(BOB)).isEmpty();
  }

  @Test
  void clearingDropsEverythingAndWhatWasAskedForBefore() {
    long asOf = cache.epoch();
    store(entry("/a", "x"), "x");
    cache.clear();
    assertThat(found("/a")).isEmpty();
    assertThat(cache.store(entry("/a", "x"), bytes("x"), asOf)).isFalse();
  }

  @Test
  void writesBeyondTheQueueAreDroppedAndCounted() {
    disk.writesAllowed.drainPermits();
    for (int i = 0; i < WriteBehind.MAX_WRITES + 10; i++) {
      cache.store(entry("/" + i, "x"), bytes("x"), cache.epoch());
    }
    assertThat(events.of(TierEvents.Event.DROPPED)).isEqualTo(10);
    assertThat(memory.entries()).isEqualTo(1000);
  }

  @Test
  void anOrderlyCloseLosesNothing() {
    for (int i = 0; i < 500; i++) {
      cache.store(entry("/" + i, "x"), bytes("x"), cache.epoch());
    }
    cache.close();
    assertThat(disk.kept.entries()).isEqualTo(500);
  }

  @Test
  void theDiskHearsOnceAnHourThatMemoryAnswers() {
    Entry entry = entry("/a", "x");
    store(entry, "x");
    cache.prove(entry, proof(ALICE, NOON.plusSeconds(10)), cache.epoch());
    cache.prove(entry, proof(ALICE, NOON.plusSeconds(3600)), cache.epoch());
    cache.prove(entry, proof(ALICE, NOON.plusSeconds(3601)), cache.epoch());
    assertThat(cache.flush(LONG)).isTrue();
    assertThat(disk.used).containsExactly(entry.id());
  }

  @Test
  void withoutADiskTheCacheIsMemoryOnly() {
    try (TieredCache light = new TieredCache(memory, null, List.of(), events)) {
      light.store(entry("/a", "x"), bytes("x"), light.epoch());
      assertThat(light.lookup(resource("/a"))).hasSize(1);
      light.supersede(key("/a"), BodyDigest.of(bytes("y")), ALICE);
      light.clear();
      assertThat(light.lookup(resource("/a"))).isEmpty();
    }
  }
}
