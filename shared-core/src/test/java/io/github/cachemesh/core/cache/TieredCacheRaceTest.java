package io.github.cachemesh.core.cache;

import static io.github.cachemesh.core.cache.SampleEntries.ALICE;
import static io.github.cachemesh.core.cache.SampleEntries.HOST;
import static io.github.cachemesh.core.cache.SampleEntries.NOON;
import static io.github.cachemesh.core.cache.SampleEntries.bytes;
import static io.github.cachemesh.core.cache.SampleEntries.entry;
import static io.github.cachemesh.core.cache.SampleEntries.proof;
import static io.github.cachemesh.core.cache.SampleEntries.resource;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * A resource whose body is the number of times it was written to, read and written by many at once:
 * once an invalidation has returned, nothing older is found in any tier.
 */
class TieredCacheRaceTest {
  private static final int WRITES = 150_000;

  private final MemoryTier memory = new MemoryTier(100, 1 << 20, TierEvents.NONE);
  private final HeldTier disk = new HeldTier(Integer.MAX_VALUE / 2);
  private final AtomicInteger atGitHub = new AtomicInteger();
  private final AtomicInteger invalidated = new AtomicInteger();
  private final AtomicBoolean done = new AtomicBoolean();

  @Test
  void nothingOlderThanAnInvalidationIsFoundAfterIt() throws Exception {
    try (TieredCache cache = new TieredCache(memory, disk, List.of(), TierEvents.NONE);
        ExecutorService threads = Executors.newCachedThreadPool()) {
      List<Future<?>> work = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        work.add(threads.submit(() -> untilDone(() -> fetch(cache))));
        work.add(threads.submit(() -> untilDone(() -> find(cache))));
      }
      try {
        for (int i = 0; i < WRITES; i++) {
          int written = atGitHub.incrementAndGet();
          cache.invalidate(HOST, "/a/b");
          invalidated.set(written);
          if (i % 64 == 0) {
            // What goes from memory comes back from disk.
            memory.clear();
          }
        }
      } finally {
        done.set(true);
      }
      for (Future<?> future : work) {
        future.get();
      }
      assertThat(cache.flush(Duration.ofSeconds(20))).isTrue();
      find(cache);
    }
  }

  private void untilDone(Runnable step) {
    while (!done.get()) {
      step.run();
    }
  }

  private void fetch(TieredCache cache) {
    long asOf = cache.epoch();
    String body = Integer.toString(atGitHub.get());
    if (ThreadLocalRandom.current().nextBoolean()) {
      Thread.yield();
    }
    cache.store(entry("/a", body, proof(ALICE, NOON)), bytes(body), asOf);
  }

  private void find(TieredCache cache) {
    int oldest = invalidated.get();
    for (Candidate candidate : cache.lookup(resource("/a"))) {
      cache
          .body(candidate)
          .ifPresent(
              body ->
                  assertThat(Integer.parseInt(new String(body, UTF_8)))
                      .isGreaterThanOrEqualTo(oldest));
    }
  }
}
