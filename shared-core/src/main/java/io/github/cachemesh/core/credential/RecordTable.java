package io.github.cachemesh.core.credential;

import io.github.cachemesh.core.credential.StoreRefusedException.Fault;
import io.github.cachemesh.core.envelope.DataKey;
import io.github.cachemesh.core.envelope.EnvelopeException;
import io.github.cachemesh.core.envelope.KeyEncryptionKey;
import io.github.cachemesh.core.envelope.KeyKind;
import io.github.cachemesh.core.envelope.Wrap;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The records of a store while an owner changes it: every version has a data key of its own. Not
 * thread-safe.
 */
final class RecordTable {
  private final Places places;
  private final SecureRandom random;
  private final SortedMap<CredentialId, StoredRecord> records = new TreeMap<>(Manifest.IDS);

  RecordTable(Places places, Map<CredentialId, StoredRecord> records, SecureRandom random) {
    this.places = places;
    this.random = random;
    this.records.putAll(records);
  }

  SortedMap<CredentialId, StoredRecord> records() {
    return records;
  }

  /**
   * The values of a record.
   *
   * @throws StoreRefusedException {@link Fault#MISSING} when there are none
   */
  static StoredRecord.Live live(Map<CredentialId, StoredRecord> records, CredentialId id)
      throws StoreRefusedException {
    if (records.get(id) instanceof StoredRecord.Live live) {
      return live;
    }
    throw new StoreRefusedException(
        Fault.MISSING,
        records.containsKey(id)
            ? "%s was deleted".formatted(id)
            : "the store has no %s".formatted(id));
  }

  /**
   * Adds a version.
   *
   * @param by the scope's key
   * @param keep how many versions stay
   */
  Entry add(
      CredentialId id, byte[] value, Instant created, Expiry expires, KeyEncryptionKey by, int keep)
      throws StoreRefusedException {
    if (value.length == 0 || value.length > Credential.MAX_VALUE_BYTES) {
      throw new StoreRefusedException(
          Fault.MALFORMED,
          "the value of %s has 1 to %d bytes, not %d"
              .formatted(id, Credential.MAX_VALUE_BYTES, value.length));
    }
    StoredRecord before = records.get(id);
    int number = before == null ? 1 : Math.addExact(before.lastVersion(), 1);
    NavigableMap<Integer, StoredRecord.Version> versions = new TreeMap<>();
    if (before instanceof StoredRecord.Live(var others)) {
      versions.putAll(others);
    }
    versions.put(number, sealed(id, number, created, expires, value, by));
    while (versions.size() > keep) {
      versions.pollFirstEntry();
    }
    StoredRecord after = new StoredRecord.Live(versions);
    records.put(id, after);
    checkCount();
    return after.entry(id);
  }

  private void checkCount() throws StoreRefusedException {
    int lines =
        records.values().stream()
            .mapToInt(each -> each instanceof StoredRecord.Live(var versions) ? versions.size() : 1)
            .sum();
    if (lines > StoreFormat.MAX_RECORDS) {
      throw KeyTable.tooMany("versions of values", StoreFormat.MAX_RECORDS);
    }
  }

  private StoredRecord.Version sealed(
      CredentialId id,
      int number,
      Instant created,
      Expiry expires,
      byte[] value,
      KeyEncryptionKey by) {
    try (DataKey key = KeyKind.DATA.fresh(random)) {
      return new StoredRecord.Version(
          number,
          created,
          expires,
          by.wrap(key, places.dataKey(id, number, expires), random).box(),
          key.seal(value, places.value(id, number, expires), random));
    }
  }

  /**
   * Drops all versions.
   *
   * @return how many there were
   */
  int delete(CredentialId id, Instant at) throws StoreRefusedException {
    StoredRecord.Live live = live(records, id);
    records.put(id, new StoredRecord.Deleted(live.lastVersion(), at));
    return live.versions().size();
  }

  /** Wraps the data keys of a scope anew; the values stay as they are. */
  void rewrap(Scope scope, KeyEncryptionKey before, KeyEncryptionKey after)
      throws StoreRefusedException {
    replace(
        scope,
        (id, version) -> {
          try (DataKey key = dataKey(places, id, version, before)) {
            return new StoredRecord.Version(
                version.number(),
                version.created(),
                version.expires(),
                after
                    .wrap(key, places.dataKey(id, version.number(), version.expires()), random)
                    .box(),
                version.value());
          }
        });
  }

  /** Encrypts the values of a scope anew, each under a fresh data key. */
  void reencrypt(Scope scope, KeyEncryptionKey before, KeyEncryptionKey after)
      throws StoreRefusedException {
    replace(
        scope,
        (id, version) -> {
          byte[] value = open(places, id, version, before);
          try {
            return sealed(id, version.number(), version.created(), version.expires(), value, after);
          } finally {
            Arrays.fill(value, (byte) 0);
          }
        });
  }

  private interface Replacement {
    StoredRecord.Version of(CredentialId id, StoredRecord.Version version) throws EnvelopeException;
  }

  private void replace(Scope scope, Replacement replacement) throws StoreRefusedException {
    for (Map.Entry<CredentialId, StoredRecord> each : records.entrySet()) {
      if (each.getKey().scope().equals(scope)
          && each.getValue() instanceof StoredRecord.Live(var before)) {
        NavigableMap<Integer, StoredRecord.Version> versions = new TreeMap<>();
        for (StoredRecord.Version version : before.values()) {
          try {
            versions.put(version.number(), replacement.of(each.getKey(), version));
          } catch (EnvelopeException e) {
            throw changed(each.getKey(), version.number(), e);
          }
        }
        each.setValue(new StoredRecord.Live(versions));
      }
    }
  }

  static StoreRefusedException changed(CredentialId id, int version, EnvelopeException e) {
    return new StoreRefusedException(
        Fault.NOT_AUTHENTIC, "%s, version %d: %s".formatted(id, version, e.getMessage()));
  }

  /** The value of a version, which the caller zeroes. */
  static byte[] open(
      Places places, CredentialId id, StoredRecord.Version version, KeyEncryptionKey by)
      throws EnvelopeException {
    try (DataKey key = dataKey(places, id, version, by)) {
      return key.open(version.value(), places.value(id, version.number(), version.expires()));
    }
  }

  private static DataKey dataKey(
      Places places, CredentialId id, StoredRecord.Version version, KeyEncryptionKey by)
      throws EnvelopeException {
    return by.unwrap(
        new Wrap(by.id(), version.dataKey()),
        places.dataKey(id, version.number(), version.expires()),
        KeyKind.DATA);
  }
}
