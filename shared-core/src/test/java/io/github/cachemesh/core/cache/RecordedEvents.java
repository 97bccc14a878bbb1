package io.github.cachemesh.core.cache;

import java.util.EnumMap;
import java.util.Map;

/** Counts events of all tiers together. */
final class RecordedEvents implements TierEvents {
  private final Map<Event, Integer> counts = new EnumMap<>(Event.class);

  @Override
  public synchronized void count(String tier, Event event) {
    counts.merge(event, 1, Integer::sum);
  }

  synchronized int of(Event event) {
    return counts.getOrDefault(event, 0);
  }
}
