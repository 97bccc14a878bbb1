package io.github.cachemesh.core.cache;

import static io.github.cachemesh.core.cache.SampleEntries.HOST;
import static io.github.cachemesh.core.cache.SampleEntries.entry;
import static io.github.cachemesh.core.cache.SampleEntries.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.core.http.Entry;
import io.github.cachemesh.core.http.ResourceKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The indexes of {@link MemoryTier} against a plain map, under random operations. */
class MemoryTierModelTest {
  private static final int PATHS = 4;
  private static final int PAGES = 3;

  enum Action {
    STORE,
    READ,
    REMOVE,
    INVALIDATE
  }

  record Step(Action action, int path, int page, int body) {
    String target() {
      return "/p" + path + "?page=" + page;
    }

    byte[] bytes() {
      return new byte[body * 3000];
    }

    Entry sample() {
      return entry(key(target()), bytes());
    }
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Action> actions =
        Arbitraries.of(Action.STORE, Action.STORE, Action.READ, Action.REMOVE, Action.INVALIDATE);
    return Combinators.combine(
            actions,
            Arbitraries.integers().between(0, PATHS - 1),
            Arbitraries.integers().between(0, PAGES - 1),
            Arbitraries.integers().between(0, 9))
        .as(Step::new)
        .list()
        .ofMaxSize(120);
  }

  @Property(tries = 300)
  void indexesAgreeWithWhatIsHeld(@ForAll("steps") List<Step> steps) {
    MemoryTier tier = new MemoryTier(12, 150_000, TierEvents.NONE);
    Map<Entry.Id, Entry> stored = new HashMap<>();
    for (Step step : steps) {
      Entry entry = step.sample();
      switch (step.action()) {
        case STORE -> {
          tier.store(entry, step.bytes());
          stored.put(entry.id(), entry);
        }
        case READ -> tier.body(entry).ifPresent(body -> assertThat(stored).containsKey(entry.id()));
        case REMOVE -> {
          tier.remove(entry.id());
          stored.remove(entry.id());
        }
        case INVALIDATE -> {
          tier.invalidate(HOST, "/p" + step.path());
          stored.keySet().removeIf(id -> id.key().resource().path().equals("/p" + step.path()));
        }
      }
      assertConsistent(tier, stored);
    }
    tier.clear();
    assertThat(tier.entries()).isZero();
    assertThat(tier.bytes()).isZero();
    assertThat(tier.indexedNames()).isZero();
  }

  private static void assertConsistent(MemoryTier tier, Map<Entry.Id, Entry> stored) {
    List<Entry> found = resources().flatMap(resource -> tier.find(resource).stream()).toList();
    assertThat(stored.values()).containsAll(found);
    assertThat(tier.entries()).isEqualTo(found.size()).isLessThanOrEqualTo(12);
    assertThat(tier.bytes())
        .isEqualTo(
            found.stream()
                .mapToLong(entry -> entry.bodyLength() + MemoryTier.ENTRY_OVERHEAD_BYTES)
                .sum())
        .isLessThanOrEqualTo(150_000);
    Set<ResourceKey> resources = new HashSet<>();
    Set<String> paths = new HashSet<>();
    for (Entry entry : found) {
      resources.add(entry.key().resource());
      paths.add(entry.key().resource().path());
    }
    assertThat(tier.indexedNames()).isEqualTo(resources.size() + paths.size());
  }

  private static Stream<ResourceKey> resources() {
    return Stream.iterate(0, i -> i < PATHS * PAGES, i -> i + 1)
        .map(i -> SampleEntries.resource("/p" + i / PAGES + "?page=" + i % PAGES));
  }
}
