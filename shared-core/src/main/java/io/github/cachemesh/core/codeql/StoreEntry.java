package io.github.cachemesh.core.codeql;

/** A file of the store. */
public sealed interface StoreEntry {
  /** Its name in the folder, which tells nothing. */
  String file();

  long bytes();

  record Readable(String file, long bytes, StoredScan scan) implements StoreEntry {}

  /**
   * It is not what was once written, or was written under another key or for another repository.
   */
  record Corrupt(String file, long bytes, String detail) implements StoreEntry {}
}
