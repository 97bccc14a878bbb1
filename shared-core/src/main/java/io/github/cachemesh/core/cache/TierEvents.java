package io.github.cachemesh.core.cache;

/** Told what happens inside the tiers, for statistics. Called from any thread; must not block. */
@FunctionalInterface
public interface TierEvents {
  /** Counts nothing. */
  TierEvents NONE = (tier, event) -> {};

  /** What happened to one entry. */
  enum Event {
    STORED,
    /** Made room for others. */
    EVICTED,
    /** Was not used for as long as the tier keeps unused entries. */
    EXPIRED,
    /** Was not what had been written, so it was dropped. */
    DAMAGED,
    /** Could not be read or written. */
    FAILED,
    /** Was not written: too large for the tier, or too many writes were waiting. */
    DROPPED
  }

  /**
   * @param tier its {@link Tier#name}
   */
  void count(String tier, Event event);
}
