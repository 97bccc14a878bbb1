package io.github.cachemesh.core.cli;

import io.github.cachemesh.core.cache.DiskTier;
import io.github.cachemesh.core.cache.TierEvents;
import io.github.cachemesh.core.http.Entry;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A cache folder as it lies on disk, without bounds of its own: looking at it drops nothing. */
final class StoredEntries {
  private static final Comparator<Entry> BY_KEY =
      Comparator.comparing((Entry entry) -> entry.key().resource().host())
          .thenComparing(entry -> entry.key().resource().target())
          .thenComparing(entry -> entry.key().accept())
          .thenComparing(Entry::lastProvenAt, Comparator.reverseOrder());

  private final DiskTier disk;

  StoredEntries(Path folder, InstantSource clock) {
    this.disk = new DiskTier(folder, Integer.MAX_VALUE, Long.MAX_VALUE, clock, TierEvents.NONE);
  }

  /** By URL, then media type; of one of both, the latest proven first. */
  List<Entry> all() {
    return disk.all().stream().sorted(BY_KEY).toList();
  }

  /** The body, unless it is gone or damaged. */
  Optional<byte[]> body(Entry entry) {
    return disk.body(entry);
  }

  DiskTier disk() {
    return disk;
  }
}
