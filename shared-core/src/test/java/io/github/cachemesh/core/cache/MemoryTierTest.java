package io.github.cachemesh.core.cache;

import static io.github.cachemesh.core.cache.SampleEntries.entry;
import static io.github.cachemesh.core.cache.SampleEntries.key;
import static io.github.cachemesh.core.cache.SampleEntries.resource;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.cachemesh.core.http.Entry;
import org.junit.jupiter.api.Test;

class MemoryTierTest implements TierContract {
  private final RecordedEvents events = new RecordedEvents();
  private final MemoryTier tier = new MemoryTier(1000, 64 << 20, events);

  @Override
  public Tier tier() {
    return tier;
  }

  @Override
  public RecordedEvents events() {
    return events;
  }

  @Test
  void smallEntriesAreBoundedByTheirNumber() {
    MemoryTier small = new MemoryTier(10, 1 << 20, events);
    for (int i = 0; i < 100; i++) {
      small.store(entry("/" + i, "x"), new byte[] {'x'});
    }
    assertThat(small.entries()).isBetween(5L, 10L);
    assertThat(events.of(TierEvents.Event.EVICTED)).isEqualTo(100 - (int) small.entries());
  }

  @Test
  void exactlyAsManySmallEntriesFitAsTheBoundSays() {
    MemoryTier small = new MemoryTier(7, 1 << 20, events);
    for (int i = 0; i < 7; i++) {
      small.store(entry("/" + i, "x"), new byte[] {'x'});
    }
    assertThat(small.entries()).isEqualTo(7);
  }

  @Test
  void largeEntriesAreBoundedByTheirBytes() {
    MemoryTier small = new MemoryTier(1000, 1 << 20, events);
    byte[] body = new byte[100_000];
    for (int i = 0; i < 50; i++) {
      small.store(entry(key("/" + i), body), body);
    }
    assertThat(small.bytes()).isBetween(500_000L, 1L << 20);
  }

  @Test
  void aBodyBeyondTheBoundIsNotKept() {
    MemoryTier small = new MemoryTier(1000, 1 << 20, events);
    byte[] body = new byte[2 << 20];
    Entry entry = entry(key("/large"), body);
    small.store(entry, body);
    assertThat(small.find(resource("/large"))).isEmpty();
    assertThat(small.bytes()).isZero();
  }

  @Test
  void replacingTheProofsOfAnEntryThatIsGoneBringsNothingBack() {
    tier.replace(entry("/a", "x"));
    assertThat(tier.find(resource("/a"))).isEmpty();
  }

  @Test
  void aTierWithoutRoomIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new MemoryTier(0, 1, events));
  }
}
