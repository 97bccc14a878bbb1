package io.github.cachemesh.core.cache;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sets of members by name, where a name without members takes no room. Thread-safe; what {@link
 * #get} gives is a live view.
 */
final class Index<K, V> {
  private final ConcurrentHashMap<K, Set<V>> members = new ConcurrentHashMap<>();

  void add(K name, V member) {
    members.compute(
        name,
        (_, known) -> {
          Set<V> set = known == null ? ConcurrentHashMap.newKeySet() : known;
          set.add(member);
          return set;
        });
  }

  void remove(K name, V member) {
    members.computeIfPresent(
        name,
        (_, known) -> {
          known.remove(member);
          return known.isEmpty() ? null : known;
        });
  }

  Set<V> get(K name) {
    return members.getOrDefault(name, Set.of());
  }

  int names() {
    return members.size();
  }
}
