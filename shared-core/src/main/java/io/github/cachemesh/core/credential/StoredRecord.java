package io.github.cachemesh.core.credential;

import io.github.cachemesh.core.envelope.Sealed;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * All that a store has of one name in one scope. Numbers of versions are never used again, also
 * after a deletion. Immutable.
 */
sealed interface StoredRecord {
  /** The highest number that a version has had. */
  int lastVersion();

  /** What can be seen without a key. */
  Entry entry(CredentialId id);

  /**
   * Values.
   *
   * @param versions by their numbers; one at least
   */
  record Live(NavigableMap<Integer, Version> versions) implements StoredRecord {
    public Live {
      versions = Collections.unmodifiableNavigableMap(new TreeMap<>(versions));
    }

    Version newest() {
      return versions.lastEntry().getValue();
    }

    @Override
    public int lastVersion() {
      return versions.lastKey();
    }

    @Override
    public Entry entry(CredentialId id) {
      List<Entry.Version> newestFirst =
          versions.descendingMap().values().stream()
              .map(each -> new Entry.Version(each.number(), each.created(), each.expires()))
              .toList();
      return new Entry(id, newestFirst);
    }
  }

  /** What was deleted, and when. */
  record Deleted(int lastVersion, Instant at) implements StoredRecord {
    @Override
    public Entry entry(CredentialId id) {
      return new Entry(id, List.of());
    }
  }

  /**
   * One value.
   *
   * @param dataKey under the scope's key
   * @param value under the data key
   */
  record Version(int number, Instant created, Expiry expires, Sealed dataKey, Sealed value) {}
}
