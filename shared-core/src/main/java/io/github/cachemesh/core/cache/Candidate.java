package io.github.cachemesh.core.cache;

import io.github.cachemesh.core.http.Entry;

/**
 * An entry that {@link TieredCache} found, and the nearest tier that holds it.
 *
 * @param asOf the {@link TieredCache#epoch} before the search
 */
public record Candidate(Entry entry, Tier tier, long asOf) {

  public boolean isInMemory() {
    return tier instanceof MemoryTier;
  }
}
