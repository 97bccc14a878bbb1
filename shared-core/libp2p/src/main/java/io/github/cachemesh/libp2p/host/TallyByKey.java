package io.github.cachemesh.libp2p.host;

import java.util.concurrent.ConcurrentHashMap;

/**
 * A quota for each key, such as a peer; a key of which there is none takes no memory. Thread-safe.
 */
final class TallyByKey<K> {
  private final Limit limit;
  private final int max;
  private final ConcurrentHashMap<K, Integer> used = new ConcurrentHashMap<>();

  TallyByKey(Limit limit, int max) {
    this.limit = limit;
    this.max = max;
  }

  Quota of(K key) {
    return new OfKey(key);
  }

  int keys() {
    return used.size();
  }

  private final class OfKey implements Quota {
    private final K key;

    OfKey(K key) {
      this.key = key;
    }

    @Override
    public boolean take() {
      boolean[] taken = new boolean[1];
      used.compute(
          key,
          (_, now) -> {
            int count = now == null ? 0 : now;
            taken[0] = count < max;
            if (taken[0]) {
              return count + 1;
            }
            return now;
          });
      return taken[0];
    }

    @Override
    public void giveBack() {
      used.computeIfPresent(key, (_, now) -> now == 1 ? null : now - 1);
    }

    @Override
    public boolean isFull() {
      return used.getOrDefault(key, 0) >= max;
    }

    @Override
    public Limit limit() {
      return limit;
    }

    @Override
    public int max() {
      return max;
    }
  }
}
