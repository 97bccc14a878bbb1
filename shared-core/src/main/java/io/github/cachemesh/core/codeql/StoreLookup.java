package io.github.cachemesh.core.codeql;

import java.util.Optional;

/** What a store has of a scan. */
public sealed interface StoreLookup {
  /**
   * @param projected whether it is equal only without the files that {@code ignore-changes} drops
   */
  record Found(StoredScan scan, boolean projected) implements StoreLookup {}

  /**
   * @param nearest the key of the stored scan that differs least
   */
  record Absent(Optional<ScanKey> nearest) implements StoreLookup {}

  /** The file of the scan is not what was once written. */
  record Corrupt(String file, String detail) implements StoreLookup {}
}
