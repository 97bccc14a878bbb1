package io.github.cachemesh.core.cache;

import io.github.cachemesh.core.store.EntryFile;
import java.util.Comparator;
import java.util.List;

/**
 * Which files have to go so that what stays is within bounds: none while it is, else those unused
 * for longest until 95 % of both bounds are left, so that not every write has to make room.
 */
record LeastRecentlyUsed(int maxEntries, long maxBytes) {

  /** Whether so much was written, a twentieth of a bound, that others may have done the same. */
  boolean isDueAfter(long writtenEntries, long writtenBytes) {
    return writtenEntries > maxEntries / 20 || writtenBytes > maxBytes / 20;
  }

  boolean isExceededBy(long entries, long bytes) {
    return entries > maxEntries || bytes > maxBytes;
  }

  boolean isTooLarge(long bytes) {
    return bytes > maxBytes / 2;
  }

  List<EntryFile> surplus(List<EntryFile> files) {
    long entries = files.size();
    long bytes = files.stream().mapToLong(EntryFile::bytes).sum();
    if (!isExceededBy(entries, bytes)) {
      return List.of();
    }
    List<EntryFile> oldestFirst =
        files.stream().sorted(Comparator.comparing(EntryFile::lastUsed)).toList();
    int surplus = 0;
    while (surplus < oldestFirst.size()
        && (entries > maxEntries - maxEntries / 20 || bytes > maxBytes - maxBytes / 20)) {
      entries--;
      bytes -= oldestFirst.get(surplus).bytes();
      surplus++;
    }
    return oldestFirst.subList(0, surplus);
  }
}
