package io.github.cachemesh.codeqlcache;

import io.github.cachemesh.core.codeql.StoreEntry;
import io.github.cachemesh.core.sarif.Extraction;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What scans of a category are known to have seen. */
final class Extractions {
  private Extractions() {}

  /** The best part of the files. */
  static Optional<Extraction> best(List<StoreEntry> entries, String category) {
    return entries.stream()
        .filter(StoreEntry.Readable.class::isInstance)
        .map(entry -> ((StoreEntry.Readable) entry).scan())
        .filter(scan -> scan.category().equals(category))
        .flatMap(scan -> scan.extraction().stream())
        .max(Comparator.comparingDouble(Extraction::ratio));
  }
}
