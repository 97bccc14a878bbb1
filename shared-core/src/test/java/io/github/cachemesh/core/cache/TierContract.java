package io.github.cachemesh.core.cache;

import static io.github.cachemesh.core.cache.SampleEntries.ALICE;
import static io.github.cachemesh.core.cache.SampleEntries.BOB;
import static io.github.cachemesh.core.cache.SampleEntries.HOST;
import static io.github.cachemesh.core.cache.SampleEntries.JSON;
import static io.github.cachemesh.core.cache.SampleEntries.NOON;
import static io.github.cachemesh.core.cache.SampleEntries.bytes;
import static io.github.cachemesh.core.cache.SampleEntries.entry;
import static io.github.cachemesh.core.cache.SampleEntries.key;
import static io.github.cachemesh.core.cache.SampleEntries.proof;
import static io.github.cachemesh.core.cache.SampleEntries.resource;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.core.http.Entry;
import io.github.cachemesh.core.http.RequestKey;
import io.github.cachemesh.core.http.ResourceKey;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What holds for every tier of this node's own. */
interface TierContract {
  /** The tier under test, empty, with room for at least 100 small entries. */
  Tier tier();

  RecordedEvents events();

  private void store(Entry entry, String body) {
    tier().store(entry, bytes(body));
  }

  @Test
  default void anEmptyTierFindsNothing() {
    assertThat(tier().find(resource("/repos/o/r"))).isEmpty();
    assertThat(tier().body(entry("/repos/o/r", "x"))).isEmpty();
  }

  @Test
  default void whatWasStoredIsFoundAsItWas() {
    Entry entry = entry("/repos/o/r?a=%C3%BC", "{\"ü\":1}", proof(ALICE, NOON), proof(BOB, NOON));
    store(entry, "{\"ü\":1}");
    assertThat(tier().find(entry.key().resource())).containsExactly(entry);
    assertThat(tier().body(entry)).hasValue(bytes("{\"ü\":1}"));
    assertThat(events().of(TierEvents.Event.STORED)).isOne();
  }

  @Test
  default void anEmptyBodyIsABody() {
    Entry entry = entry("/repos/o/r", "");
    store(entry, "");
    assertThat(tier().body(entry)).hasValue(new byte[0]);
  }

  @Test
  default void anEntryReplacesOneOfEqualId() {
    store(entry("/repos/o/r", "x", proof(ALICE, NOON)), "x");
    Entry later = entry("/repos/o/r", "x", proof(BOB, NOON.plusSeconds(1)));
    store(later, "x");
    assertThat(tier().find(resource("/repos/o/r"))).containsExactly(later);
  }

  @Test
  default void mediaTypesAndBodiesAreEntriesOfTheirOwnTheLatestProvenFirst() {
    Entry first = entry("/repos/o/r", "x", proof(ALICE, NOON));
    Entry second = entry("/repos/o/r", "y", proof(ALICE, NOON.plusSeconds(2)));
    Entry raw =
        entry(
            new RequestKey(resource("/repos/o/r"), "text/plain"),
            bytes("x"),
            proof(ALICE, NOON.plusSeconds(1)));
    store(first, "x");
    store(second, "y");
    store(raw, "x");
    assertThat(tier().find(resource("/repos/o/r"))).containsExactly(second, raw, first);
  }

  @Test
  default void queriesAndApiVersionsAreResourcesOfTheirOwn() {
    store(entry("/repos/o/r?page=1", "x"), "x");
    assertThat(tier().find(resource("/repos/o/r?page=2"))).isEmpty();
    assertThat(tier().find(ResourceKey.of(HOST, "/repos/o/r?page=1", "2022-11-28"))).isEmpty();
    assertThat(tier().find(ResourceKey.of("ghe.example", "/repos/o/r?page=1", ""))).isEmpty();
  }

  @Test
  default void aRemovedEntryIsGoneAndItsNeighbourStays() {
    Entry gone = entry("/repos/o/r", "x");
    Entry stays = entry("/repos/o/r", "y");
    store(gone, "x");
    store(stays, "y");
    tier().remove(gone.id());
    assertThat(tier().find(resource("/repos/o/r"))).containsExactly(stays);
    assertThat(tier().body(gone)).isEmpty();
  }

  @Test
  default void invalidationOfAPathDropsAllOfItAndNothingElse() {
    store(entry("/repos/o/r/issues", "x"), "x");
    store(entry("/repos/o/r/issues?page=2", "y"), "y");
    store(entry("/repos/o/r/issues/1", "z"), "z");
    tier().invalidate(HOST, "/repos/o/r/issues");
    assertThat(tier().find(resource("/repos/o/r/issues"))).isEmpty();
    assertThat(tier().find(resource("/repos/o/r/issues?page=2"))).isEmpty();
    assertThat(tier().find(resource("/repos/o/r/issues/1"))).hasSize(1);
  }

  @Test
  default void aClearedTierFindsNothing() {
    store(entry("/a", "x"), "x");
    store(entry("/b", "x"), "x");
    tier().clear();
    assertThat(tier().find(resource("/a"))).isEmpty();
    assertThat(tier().find(resource("/b"))).isEmpty();
  }

  @Test
  default void ofOneMediaTypeTheEightProvenLastStay() {
    for (int i = 0; i < 12; i++) {
      store(entry("/a", "body " + i, proof(ALICE, NOON.plusSeconds(i * 5 % 12))), "body " + i);
    }
    assertThat(tier().find(resource("/a")))
        .extracting(entry -> entry.lastProvenAt().getEpochSecond() - NOON.getEpochSecond())
        .hasSize(8)
        .startsWith(11L, 10L, 9L);
    assertThat(events().of(TierEvents.Event.EVICTED)).isEqualTo(4);
  }

  @Test
  default void ofOneResourceThirtyTwoEntriesStay() {
    for (int i = 0; i < 40; i++) {
      RequestKey ofType = new RequestKey(resource("/a"), JSON + i % 10);
      byte[] body = bytes("body " + i);
      tier().store(entry(ofType, body, proof(ALICE, NOON.plusSeconds(i))), body);
    }
    assertThat(tier().find(resource("/a")))
        .hasSize(32)
        .allSatisfy(entry -> assertThat(entry.lastProvenAt()).isAfter(NOON.plusSeconds(7)));
  }

  @Test
  default void anEntryProvenLongAgoIsStillFoundRightAfterItWasStored() {
    for (int i = 0; i < 8; i++) {
      store(entry("/a", "body " + i, proof(ALICE, NOON.plusSeconds(i))), "body " + i);
    }
    Entry old = entry("/a", "old", proof(ALICE, NOON.minusSeconds(1)));
    store(old, "old");
    assertThat(tier().find(resource("/a"))).hasSize(8).contains(old);
  }

  @Test
  default void aTierTakesManyThreads() throws Exception {
    RequestKey key = key("/many");
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<?>> work =
          IntStream.range(0, 4)
              .<Future<?>>mapToObj(thread -> threads.submit(() -> churn(key, thread)))
              .toList();
      for (Future<?> future : work) {
        future.get();
      }
    }
    Entry last = entry(key, bytes("last"), proof(ALICE, NOON.plusSeconds(99)));
    store(last, "last");
    assertThat(tier().find(key.resource())).hasSizeLessThanOrEqualTo(8).startsWith(last);
  }

  private void churn(RequestKey key, int thread) {
    for (int i = 0; i < 40; i++) {
      byte[] body = bytes("body " + (thread + i) % 12);
      Entry entry = entry(key, body, proof(ALICE, NOON.plusSeconds(i)));
      tier().store(entry, body);
      for (Entry found : tier().find(key.resource())) {
        tier().body(found).ifPresent(read -> assertThat(read).hasSize((int) found.bodyLength()));
      }
      if (i % 9 == 0) {
        tier().remove(entry.id());
      }
    }
  }
}
